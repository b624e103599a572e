"""What people send, who they are (apart and sealed), and what the institute answers."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traza.foundation.mail.models import MailMessage
from traza.foundation.sealing import unseal
from traza.foundation.wordings import Wording
from traza.participation.kinds import BY_SLUG, Kind
from traza.participation.notice import default_notice


class PrivacyNotice(Wording):
    """What people are told where their data are asked. Each wording is kept as it was."""

    default_words = staticmethod(default_notice)

    class Meta(Wording.Meta):
        verbose_name = "aviso de privacidad"
        verbose_name_plural = "avisos de privacidad"


class Message(models.Model):
    """Something sent to the institute. It carries no name and no address of a person."""

    class State(models.TextChoices):
        """How far the institute is with it."""

        RECEIVED = "received", _("Recibido")
        IN_HAND = "in_hand", _("En atención")
        ASKED = "asked", _("En espera de quien escribió")
        ANSWERED = "answered", _("Respondido")
        CLOSED = "closed", _("Cerrado")

    class Channel(models.TextChoices):
        """How it came."""

        WEB = "web", _("Por el sitio")
        MAIL = "mail", _("Por correo")
        PHONE = "phone", _("Por teléfono")
        DESK = "desk", _("En la oficina")

    folio = models.CharField(max_length=12, unique=True)
    #: Of the secret in the address where it is followed; the secret itself is not kept.
    secret_hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField("asunto", max_length=20)
    title = models.CharField("título", max_length=120)
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="es")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    channel = models.CharField(
        "cómo llegó", max_length=5, choices=Channel.choices, default=Channel.WEB
    )
    #: Who of the staff wrote it down, where it did not come by the site.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
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
    #: The secret of the address where it is followed, so that letters can name it.
    sealed_secret = models.TextField(blank=True)
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

    @property
    def secret(self) -> str:
        """Return the secret of the address where it is followed; "" where it cannot be read."""
        return unseal(self.sealed_secret) or ""


class Reply(models.Model):
    """What was said after the message, by either side; whoever follows the message reads it."""

    class Kind(models.TextChoices):
        """Who says it, and what for."""

        ANSWER = "answer", _("Respuesta")
        QUESTION = "question", _("El instituto pregunta")
        ADDITION = "addition", _("Quien escribió agrega")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ANSWER)
    text = models.TextField("respuesta")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"respuesta del {self.at:%Y-%m-%d}"


class Attachment(models.Model):
    """A file of a message or of a reply; the content is kept sealed by ``foundation``.

    It may show who somebody is: it leaves with the identity.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="files")
    token = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    #: It openly carries programs or other files; one that hides them is not found.
    has_programs = models.BooleanField(default=False)
    at = models.DateTimeField()
    #: Nothing while the message is open.
    erase_on = models.DateField(null=True, db_index=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """That something was mailed to whoever wrote, and what became of it."""

    class About(models.TextChoices):
        """What was said."""

        RECEIVED = "received", _("Acuse de recibo")
        ANSWER = "answer", _("Respuesta")
        QUESTION = "question", _("Pregunta")
        CLOSED = "closed", _("Cierre")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="letters")
    about = models.CharField(max_length=8, choices=About.choices)
    #: In the outbox; nothing once that has forgotten it, or where it could not be queued.
    mail = models.ForeignKey(MailMessage, null=True, on_delete=models.SET_NULL, related_name="+")
    problem = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_about_display()} de {self.message_id}"


class Outcome(models.Model):
    """What became of a message: something made from it elsewhere in the house."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="outcomes")
    what = models.CharField(max_length=30)
    #: Of the thing made: ``app.model`` and its number.
    target_type = models.CharField(max_length=100)
    target_id = models.CharField(max_length=64)
    label = models.CharField(max_length=250)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="outcome_target")]

    def __str__(self) -> str:
        return self.label


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
