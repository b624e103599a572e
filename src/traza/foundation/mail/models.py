"""Messages, one row for each addressee, what is known of refusing addresses, and the server.

Personal data leave with the message, a while after it was sent: of an address that refuses mail
only its keyed hash stays.
"""

import uuid
from typing import Any

from django.db import models


class MailMessage(models.Model):
    """What is said. ``[[name]]`` in text or HTML stands for a value of each addressee."""

    kind = models.CharField("clase", max_length=40)
    subject = models.CharField("asunto", max_length=250)
    text = models.TextField("texto", blank=True)
    html = models.TextField("HTML", blank=True)
    sender = models.CharField(max_length=320)
    reply_to = models.CharField(max_length=320, blank=True)
    #: A mailing to a list; empty for a letter to somebody.
    list_id = models.CharField(max_length=200, blank=True)
    #: Holds a secret (a link to choose a password): not shown, and erased once nobody waits for it.
    private = models.BooleanField(default=False)
    #: Where nobody can know whether the server took it: send again, or leave it to a person?
    repeat_in_doubt = models.BooleanField(default=False)
    created_at = models.DateTimeField("fecha", auto_now_add=True, db_index=True)
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=250, blank=True)
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = "correo saliente"
        verbose_name_plural = "correo saliente"
        default_permissions = ("view",)
        permissions = [("manage_mailmessage", "Reintentar, cancelar y reanudar correo saliente")]

    def __str__(self) -> str:
        return self.subject


class MailDelivery(models.Model):
    """One message to one addressee, and how far it got.

    waiting → taken → handed → sent; from taken or handed to deferred, refused or bounced by the
    server's answer; doubtful where the answer was lost.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "En cola"
        DEFERRED = "deferred", "Aplazado"
        TAKEN = "taken", "Enviándose"
        HANDED = "handed", "Entregándose"
        SENT = "sent", "Enviado"
        REFUSED = "refused", "Rechazado"
        BOUNCED = "bounced", "Rebotado"
        DOUBTFUL = "doubtful", "En duda"
        CANCELLED = "cancelled", "Cancelado"

    DUE = (State.WAITING, State.DEFERRED)
    UNFINISHED = (*DUE, State.TAKEN, State.HANDED)
    FAILED = (State.REFUSED, State.BOUNCED, State.DOUBTFUL)

    message = models.ForeignKey(MailMessage, models.CASCADE, related_name="deliveries")
    #: Names the mail for ever: its Message-ID and its file are made from it.
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    address = models.CharField(max_length=254)
    address_hash = models.CharField(max_length=64)
    domain = models.CharField(max_length=253)
    values = models.JSONField(default=dict)
    #: Lower goes first: a letter to somebody does not wait for a mailing.
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    taken_by = models.CharField(max_length=120, blank=True)
    taken_at = models.DateTimeField(null=True, db_index=True)
    finished_at = models.DateTimeField(null=True)
    code = models.PositiveSmallIntegerField(null=True)
    enhanced = models.CharField(max_length=12, blank=True)
    reply = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["message", "address_hash"], name="mail_once_for_each_address"
            )
        ]
        indexes = [
            models.Index(fields=["state", "priority", "next_at"], name="mail_due"),
            models.Index(fields=["message", "state"], name="mail_progress"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}/{self.pk}"


class MailAddress(models.Model):
    """What is known of an address that refused mail, under its keyed hash."""

    address_hash = models.CharField(max_length=64, primary_key=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    given_up = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=20, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.address_hash[:12]


class MailServer(models.Model):
    """Whether the mail server answers: one row."""

    errors = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=250, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.reason or "responde"

    @classmethod
    def load(cls) -> Any:
        """Return the row."""
        return cls.objects.get_or_create(pk=1)[0]
