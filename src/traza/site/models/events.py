"""Events and calls: stories with a day, a place, or a last day to answer."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from traza.foundation.models import Institute
from traza.site.models.stories import StoryIndex, StoryPage


class EventIndexPage(StoryIndex):
    """``/eventos/``."""

    own_slug = "eventos"
    section_title = _("Eventos")
    section_words = _(
        "Aquí se anuncian los talleres, foros y sesiones del instituto, con su fecha y su lugar."
    )
    template = "traza/site/agenda_index.html"
    subpage_types: ClassVar[list[str]] = ["site.EventPage"]

    class Meta:
        verbose_name = "lista de eventos"
        verbose_name_plural = "listas de eventos"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is to come and what was."""
        from traza.site.agenda import agenda_context  # it reads these models

        return super().get_context(request, *args, **kwargs) | agenda_context(EventPage, request)


class CallIndexPage(StoryIndex):
    """``/convocatorias/``."""

    own_slug = "convocatorias"
    section_title = _("Convocatorias")
    section_words = _(
        "Aquí se publican las convocatorias del instituto, con la fecha hasta la que se responde."
    )
    template = "traza/site/agenda_index.html"
    subpage_types: ClassVar[list[str]] = ["site.CallPage"]

    class Meta:
        verbose_name = "lista de convocatorias"
        verbose_name_plural = "listas de convocatorias"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is open and what was."""
        from traza.site.agenda import agenda_context  # it reads these models

        return super().get_context(request, *args, **kwargs) | agenda_context(CallPage, request)


class EventPage(StoryPage):
    """Something that happens on a day, in a place, online or both."""

    class Status(models.TextChoices):
        """Whether it stands."""

        STANDS = "stands", _("Como se anunció")
        MOVED = "moved", _("Cambió de fecha")
        CANCELLED = "cancelled", _("Cancelado")

    ledger_kind = "event"
    template = "traza/site/event.html"
    parent_page_types: ClassVar[list[str]] = ["site.EventIndexPage"]
    is_agenda = True

    starts = models.DateTimeField("empieza", db_index=True)
    ends = models.DateTimeField("termina", null=True, blank=True)
    status = models.CharField(
        "estado", max_length=10, choices=Status.choices, default=Status.STANDS
    )
    venue = models.CharField("lugar", max_length=200, blank=True, help_text="El nombre del sitio.")
    address = models.CharField("domicilio del lugar", max_length=240, blank=True)
    online_url = models.URLField(
        "dirección en línea", max_length=500, blank=True, help_text="Si se sigue a distancia."
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                FieldPanel("status"),
            ],
            heading="Cuándo",
            help_text="En la hora del instituto.",
        ),
        MultiFieldPanel(
            [FieldPanel("venue"), FieldPanel("address"), FieldPanel("online_url")],
            heading="Dónde",
        ),
        FieldPanel("body"),
        *StoryPage.about_panels,
    ]

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "eventos"

    def clean(self) -> None:
        """Refuse what ends before it starts, and what happens nowhere."""
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "Termina antes de empezar."})
        if not (self.venue or self.online_url):
            raise ValidationError({"venue": "Falta el lugar, o la dirección en línea."})

    @property
    def last_day(self) -> date:
        """Return the day on which it is over, in the institute's time."""
        return timezone.localtime(self.ends or self.starts).date()

    @property
    def is_over(self) -> bool:
        """Return whether its last day is past: stored pages last a day at most."""
        return self.last_day < timezone.localdate()

    @property
    def is_one_day(self) -> bool:
        """Return whether it ends on the day on which it starts."""
        return timezone.localtime(self.starts).date() == self.last_day

    @property
    def shown_at(self) -> datetime | None:
        """Return when it starts: that is the date that lists show."""
        moment: datetime | None = self.starts
        return moment

    @property
    def ics_path(self) -> str:
        """Return the address of its entry for calendars."""
        return f"{self.public_path}evento.ics"

    def plain_text(self) -> str:
        """Return its words and its place, for search."""
        return f"{self.venue} {self.address} {super().plain_text()}"

    def more_context(self, institute: Institute) -> dict[str, Any]:
        """Describe it to search engines as an event."""
        from traza.site.agenda import event_schema  # it reads these models

        return {"schema": event_schema(self, institute)}


class CallPage(StoryPage):
    """An invitation to answer before a day."""

    ledger_kind = "call"
    template = "traza/site/call.html"
    parent_page_types: ClassVar[list[str]] = ["site.CallIndexPage"]
    is_agenda = True

    opens = models.DateField("abre", null=True, blank=True, help_text="Vacía: al publicarse.")
    closes = models.DateField("cierra", db_index=True, help_text="Último día para responder.")
    outcome = models.TextField(
        "resultado", blank=True, max_length=1_000, help_text="Se escribe cuando ya se decidió."
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]), FieldPanel("outcome")],
            heading="Plazo",
            help_text="La página dice sola si está por abrir, abierta o cerrada.",
        ),
        FieldPanel("body"),
        *StoryPage.about_panels,
    ]

    class Meta:
        verbose_name = "convocatoria"
        verbose_name_plural = "convocatorias"

    def clean(self) -> None:
        """Refuse what closes before it opens."""
        super().clean()
        if self.opens and self.closes and self.closes < self.opens:
            raise ValidationError({"closes": "Cierra antes de abrir."})

    @property
    def state(self) -> str:
        """Return ``to_open``, ``open`` or ``closed`` today: stored pages last a day at most."""
        today = timezone.localdate()
        if self.opens and today < self.opens:
            return "to_open"
        return "open" if today <= self.closes else "closed"

    def plain_text(self) -> str:
        """Return its words and its outcome, for search."""
        return f"{self.outcome} {super().plain_text()}"

    def schema_facts(self) -> dict[str, Any]:
        """Tell search engines until when it counts."""
        return {"expires": self.closes.isoformat()}
