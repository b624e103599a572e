"""What people send, who they are (apart and sealed), and what the institute answers."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traza.foundation.sealing import unseal
from traza.participation.kinds import BY_SLUG, Kind


class PrivacyNotice(models.Model):
    """What people are told where their data are asked. Each wording is kept as it was."""

    version = models.PositiveIntegerField(unique=True)
    text = models.TextField("aviso")
    text_en = models.TextField("aviso en inglés", blank=True)
    since = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-version"]
        verbose_name = "aviso de privacidad"
        verbose_name_plural = "avisos de privacidad"

    def __str__(self) -> str:
        return f"versión {self.version}"


class Message(models.Model):
    """Something sent to the institute. It carries no name and no address of a person."""

    class State(models.TextChoices):
        """How far the institute is with it."""

        RECEIVED = "received", _("Recibido")
        IN_HAND = "in_hand", _("En atención")
        ANSWERED = "answered", _("Respondido")
        CLOSED = "closed", _("Cerrado")

    folio = models.CharField(max_length=12, unique=True)
    #: Of the secret in the address where it is followed; the secret itself is not kept.
    secret_hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField("asunto", max_length=20)
    title = models.CharField("título", max_length=120)
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="es")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    is_spam = models.BooleanField(default=False)
    signs = models.JSONField(default=list)
    received_at = models.DateTimeField(db_index=True)
    due_on = models.DateField()
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="a cargo de",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.TextField("motivo", blank=True)
    notice = models.ForeignKey(PrivacyNotice, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["is_spam", "state", "due_on"], name="message_tray")]
        permissions = [
            ("answer_message", "Atender lo que se recibe: asignar, responder y cerrar"),
            ("view_identity", "Ver quién escribió"),
            ("erase_identity", "Borrar quién escribió"),
        ]
        verbose_name = "mensaje"
        verbose_name_plural = "mensajes"

    def __str__(self) -> str:
        # The audit keeps it for ever: no word of what was written.
        return self.folio

    @property
    def described(self) -> Kind:
        """Return its kind with names and questions."""
        return BY_SLUG[self.kind]

    @property
    def is_open(self) -> bool:
        """Return whether it still waits for an answer."""
        return self.state in (self.State.RECEIVED, self.State.IN_HAND)

    @property
    def is_late(self) -> bool:
        """Return whether its day has passed without an answer."""
        return self.is_open and not self.is_spam and self.due_on < timezone.localdate()

    @property
    def days(self) -> int:
        """Return how many days ago it came."""
        return (timezone.localdate() - timezone.localdate(self.received_at)).days

    def written(self) -> list[tuple[Any, Any]]:
        """Return what was written, each with the question it answers."""
        pairs = []
        for question in self.described.questions:
            answer = self.answers.get(question.name)
            if not answer:
                continue
            if question.box:
                answer = _("Sí")
            pairs.append((question.label, dict(question.choices).get(answer, answer)))
        return pairs


class Identity(models.Model):
    """Who sent a message, sealed. Erased on its day, or when the person asks."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="identity")
    sealed_name = models.TextField(blank=True)
    sealed_email = models.TextField(blank=True)
    email_print = models.CharField(max_length=64, blank=True, db_index=True)
    #: Nothing while the message is open.
    erase_on = models.DateField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"identidad de {self.message_id}"

    @property
    def name(self) -> str | None:
        """Return the name; None where the secret of the installation is another one."""
        return unseal(self.sealed_name)

    @property
    def email(self) -> str | None:
        """Return the address; None where the secret of the installation is another one."""
        return unseal(self.sealed_email)


class Reply(models.Model):
    """What the institute answered; whoever follows the message reads it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField("respuesta")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"respuesta del {self.at:%Y-%m-%d}"


class Sending(models.Model):
    """That a form was sent, for an hour's count: hashes only, erased after a day."""

    at = models.DateTimeField(db_index=True)
    address_print = models.CharField(max_length=64)
    email_print = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["address_print", "at"], name="sending_address"),
            models.Index(fields=["email_print", "at"], name="sending_email"),
        ]

    def __str__(self) -> str:
        return f"envío del {self.at:%Y-%m-%d %H:%M}"
