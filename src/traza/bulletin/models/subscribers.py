"""Who asked for mail, what each one follows and how often, and who must not be written to."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traza.bulletin.consent import default_consent
from traza.foundation.sealing import unseal
from traza.foundation.wordings import Wording
from traza.publishing.models import Publication

#: An address nobody confirmed is erased after this time; so are follows that wait for it.
CONFIRM_WITHIN = timedelta(days=7)
#: Who left is forgotten after this time; until then it can be taken back.
LEFT_KEPT = timedelta(days=30)


def new_key() -> str:
    """Return 128 random bits, for the addresses that only one person has."""
    return secrets.token_urlsafe(16)


class Consent(Wording):
    """What people agree to when they subscribe. Each wording is kept as it was."""

    default_words = staticmethod(default_consent)

    class Meta(Wording.Meta):
        default_permissions = ("add",)
        verbose_name = "consentimiento"
        verbose_name_plural = "consentimientos"


class Frequency(models.TextChoices):
    """How often news are told; ``issue`` cuts what the bulletin's next issue may tell."""

    NOW = "now", _("Al momento")
    WEEKLY = "weekly", _("Cada semana")
    MONTHLY = "monthly", _("Cada mes")
    ISSUE = "issue", _("Cuando sale")


class Subscriber(models.Model):
    """An address that asked for mail, sealed. No network address and no reading is kept."""

    class State(models.TextChoices):
        """How far its consent goes; only ``active`` receives mailings."""

        PENDING = "pending", _("Sin confirmar")
        ACTIVE = "active", _("Activa")
        LEFT = "left", _("Se dio de baja")
        BOUNCED = "bounced", _("Su correo rebota")
        COMPLAINED = "complained", _("Se quejó")

    class Channel(models.TextChoices):
        """How the wish to receive mail reached the institute."""

        WEB = "web", _("Por el sitio")
        MAIL = "mail", _("Por correo")
        PHONE = "phone", _("Por teléfono")
        DESK = "desk", _("En la oficina o en un evento")

    #: What the addresses of this person are made of; it means nothing elsewhere.
    key = models.CharField(max_length=30, unique=True, default=new_key)
    sealed_email = models.TextField(blank=True)
    #: The keyed hash under which the mail room knows the address too.
    email_print = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        "estado", max_length=10, choices=State.choices, default=State.PENDING, db_index=True
    )
    language = models.CharField("idioma", max_length=5, default="es")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    #: The public address from which it was asked, without language.
    source = models.CharField("desde", max_length=300, blank=True)
    channel = models.CharField(
        "cómo llegó", max_length=5, choices=Channel.choices, default=Channel.WEB
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: What in the request speaks of a machine: no letter is mailed until staff say so.
    signs = models.JSONField(default=list)
    asked_at = models.DateTimeField("pedida")
    confirmed_at = models.DateTimeField("confirmada", null=True)
    #: Since when it is not active any more.
    ended_at = models.DateTimeField("terminó", null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        default_permissions = ("view",)
        permissions = [
            ("manage_subscriber", "Anotar, dar de baja y atender suscripciones"),
            ("view_address", "Ver el correo de quien se suscribe"),
            ("erase_subscriber", "Borrar a quien se suscribió"),
        ]
        verbose_name = "suscripción"
        verbose_name_plural = "suscripciones"

    def __str__(self) -> str:
        # The audit keeps it for ever: nothing of the address.
        return f"suscripción {self.pk}"

    @property
    def email(self) -> str | None:
        """Return the address; None where the secret of the installation is another one."""
        return unseal(self.sealed_email)

    @property
    def masked_email(self) -> str:
        """Return the address as whoever has it recognises it: ``a…a@correo.mx``."""
        box, _at, domain = (self.email or "").rpartition("@")
        if not box:
            return "…"
        shown = box[0] if len(box) < 3 else f"{box[0]}…{box[-1]}"
        return f"{shown}@{domain}"


class Subscription(models.Model):
    """One thing that a subscriber follows, and how often it is told.

    The bulletin itself, everything of a kind (``section`` names it), or one publication of the
    ledger; following a topic or a place follows whatever is published under it.
    """

    class Stream(models.TextChoices):
        """What is followed."""

        BULLETIN = "bulletin", _("El boletín")
        SECTION = "section", _("Una sección")
        PUBLICATION = "publication", _("Algo publicado")

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    stream = models.CharField(max_length=11, choices=Stream.choices)
    section = models.CharField(max_length=20, blank=True)
    publication = models.ForeignKey(
        Publication, null=True, on_delete=models.CASCADE, related_name="+"
    )
    frequency = models.CharField(max_length=8, choices=Frequency.choices)
    asked_at = models.DateTimeField()
    #: Nothing is told before this moment.
    confirmed_at = models.DateTimeField(null=True)
    #: After a change of frequency: since when nothing was told. Cleared by the next digest.
    untold_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber"], condition=Q(stream="bulletin"), name="follows_bulletin_once"
            ),
            models.UniqueConstraint(
                fields=["subscriber", "section"],
                condition=Q(stream="section"),
                name="follows_section_once",
            ),
            models.UniqueConstraint(
                fields=["subscriber", "publication"],
                condition=Q(stream="publication"),
                name="follows_publication_once",
            ),
            models.CheckConstraint(
                condition=Q(stream="bulletin", section="", publication=None, frequency="issue")
                | (Q(stream="section", publication=None) & ~Q(section="") & ~Q(frequency="issue"))
                | (
                    Q(stream="publication", section="", publication__isnull=False)
                    & ~Q(frequency="issue")
                ),
                name="follows_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["frequency", "stream", "section"], name="followed_section"),
            models.Index(fields=["frequency", "publication"], name="followed_publication"),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber_id}: {self.stream} {self.section or self.publication_id or ''}"


class Suppression(models.Model):
    """That an address must not be entered by others: only its keyed hash and why."""

    class Why(models.TextChoices):
        """Why it must not be written to; after a complaint, never again."""

        LEFT = "left", _("Se dio de baja")
        FORGOTTEN = "forgotten", _("Pidió que se le olvidara")
        COMPLAINT = "complaint", _("Se quejó")

    email_print = models.CharField(max_length=64, primary_key=True)
    why = models.CharField(max_length=10, choices=Why.choices)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.email_print[:12]}: {self.why}"

    def clean(self) -> None:
        """Refuse what is not a hash: an address is never kept here."""
        if len(self.email_print) != 64:
            raise ValidationError({"email_print": "No es una huella."})
