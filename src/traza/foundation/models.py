"""What every room needs: periods, the institute, and the history of what people did."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import AbstractGroupApprovalTask, TaskState

from traza.charts.colour import ColourError, parse_hex, readable_accent
from traza.foundation.mail.models import MailAddress, MailDelivery, MailMessage, MailServer
from traza.foundation.staff.institute_form import InstituteForm

#: Models that live in a folder of their own.
__all__ = [
    "AuditEntry",
    "Institute",
    "MailAddress",
    "MailDelivery",
    "MailMessage",
    "MailServer",
    "Period",
    "ReviewTask",
]


class Period(models.Model):
    """A stretch of time as SDMX names it, with its first and last day.

    ``key`` is the sortable number of ``traza.stats.periods.Period``: facts store it, and joining
    this table gives ``TIME_PERIOD`` text, start and end.
    """

    key = models.IntegerField(primary_key=True)
    code = models.CharField(max_length=32, unique=True)
    freq = models.CharField(max_length=4)
    start = models.DateField()
    end = models.DateField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.code


@register_setting(icon="home")
class Institute(BaseGenericSetting):
    """Who publishes this site: its name, colour, places of reference and way of working."""

    name = models.CharField("nombre", max_length=200, default="Instituto de Planeación")
    short_name = models.CharField("nombre corto", max_length=60, default="Instituto")
    tagline = models.CharField("frase", max_length=240, blank=True)
    tagline_en = models.CharField("frase en inglés", max_length=240, blank=True)
    accent = models.CharField("color de acento", max_length=7, default="#0e5a66")
    contact_email = models.EmailField("correo de contacto", blank=True)
    address = models.CharField("domicilio", max_length=240, blank=True)
    license_name = models.CharField(
        "licencia de los datos", max_length=120, default="Uso libre citando la fuente"
    )
    license_url = models.CharField("dirección de la licencia", max_length=240, blank=True)
    home_place_code = models.CharField("clave del municipio propio", max_length=40, blank=True)
    metro_code = models.CharField("clave de la zona metropolitana", max_length=40, blank=True)
    country_code = models.CharField("clave del país", max_length=40, blank=True, default="MEX")
    comparator_codes = models.CharField(
        "lugares con los que se compara",
        max_length=400,
        blank=True,
        help_text="Claves separadas por coma, por ejemplo: zml, 05, MEX",
    )
    single_person = models.BooleanField(
        "una sola persona captura y aprueba",
        default=False,
        help_text="Apagado: quien aprueba no es quien escribió. La bitácora lo muestra.",
    )

    base_form_class = InstituteForm
    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "name",
                    "short_name",
                    "tagline",
                    "tagline_en",
                    "accent",
                )
            ]
            + [
                HelpPanel(
                    heading="Cómo se verá el color",
                    template="traza/foundation/staff/accent.html",
                )
            ]
            + [FieldPanel(name) for name in ("contact_email", "address")],
            heading="Identidad",
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("home_place_code", "metro_code", "country_code", "comparator_codes")
            ],
            heading="Lugares",
        ),
        MultiFieldPanel(
            [FieldPanel("license_name"), FieldPanel("license_url")], heading="Licencia"
        ),
        MultiFieldPanel([FieldPanel("single_person")], heading="Forma de trabajo"),
    ]

    class Meta:
        verbose_name = "instituto"

    def clean(self) -> None:
        """Refuse what is no colour; one that cannot be read is shown darker, and said so."""
        super().clean()
        try:
            self.accent = parse_hex(self.accent)
        except ColourError as error:
            raise ValidationError({"accent": str(error)}) from error

    @property
    def accent_as_shown(self) -> str:
        """Return in words how the accent is shown on light and dark pages, and why."""
        try:
            light, dark, explanation = readable_accent(self.accent)
        except ColourError as error:
            return str(error)
        words = f"{light} en páginas claras, {dark} en oscuras."
        return f"{explanation} {words}" if explanation else f"Se lee bien: {words}"

    def comparators(self) -> list[str]:
        """Return the codes of the places that figures are compared with, in order."""
        return [code.strip() for code in self.comparator_codes.split(",") if code.strip()]


class AuditEntry(models.Model):
    """One thing a person (or the system) did. Append-only; written by ``foundation.audit``."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_name = models.CharField(max_length=150, blank=True)
    action = models.CharField(max_length=80)
    target_type = models.CharField(max_length=80, blank=True)
    target_id = models.CharField(max_length=80, blank=True)
    target_label = models.CharField(max_length=250, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "entrada de la bitácora"
        verbose_name_plural = "bitácora"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the entry once; history is never rewritten."""
        if self.pk is not None:
            raise ValueError("La bitácora solo crece: una entrada no se modifica.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: history is never erased."""
        raise ValueError("La bitácora solo crece: una entrada no se borra.")


class ReviewTask(AbstractGroupApprovalTask):
    """The step of a review: somebody of its groups approves, and not who wrote.

    Where the institute works with a single person, who wrote may approve and the audit says so.
    """

    class Meta:
        verbose_name = "revisión por otra persona"
        verbose_name_plural = "revisiones por otra persona"

    @classmethod
    def get_description(cls) -> str:
        """Return what the step does, for who makes a workflow."""
        return "Aprueba alguien de los grupos elegidos que no escribió lo que se revisa"

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer to approve or return to whoever did not write."""
        from traza.foundation.review import may_approve

        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        return actions if actions and may_approve(obj, user) else []

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Leave out what the person wrote: it does not wait for them."""
        from traza.foundation.review import may_approve

        states = super().get_task_states_user_can_moderate(user, **kwargs)
        if not states.exists():
            return states
        open_to = [
            state.pk
            for state in states.select_related("revision")
            if may_approve(state.revision.content_object, user)
        ]
        return TaskState.objects.filter(pk__in=open_to)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Refuse who wrote; note in the audit when one person did both."""
        from traza.foundation.audit import record
        from traza.foundation.review import may_approve, writers_of

        target = task_state.revision.content_object
        if action_name == "approve":
            if not may_approve(target, user):
                raise PermissionDenied("Quien escribió no aprueba.")
            if user.pk in writers_of(target):
                noun = target._meta.model_name
                record(user, f"{noun}.approved_own", target, single_person=True)
        super().on_action(task_state, user, action_name, **kwargs)
