"""Monitors: bulletins that live. Each edition is kept as it was on its day, with its PDF."""

import hashlib
import json
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from traza.foundation.models import Institute
from traza.site.models.stories import StoryIndex, StoryPage


class MonitorIndexPage(StoryIndex):
    """``/monitores/``."""

    own_slug = "monitores"
    section_title = _("Monitores")
    section_words = _(
        "Boletines por tema hechos de indicadores. Cada uno se ve con los datos de hoy, y sus "
        "ediciones se guardan como eran en su fecha."
    )
    always_said = True
    template = "traza/site/story_index.html"
    subpage_types: ClassVar[list[str]] = ["site.MonitorPage"]

    class Meta:
        verbose_name = "lista de monitores"
        verbose_name_plural = "listas de monitores"


class MonitorPage(StoryPage):
    """A monitor: what stands in it now, and the name of the edition that it is."""

    class Frequency(models.TextChoices):
        """How often a new edition comes out."""

        MONTHLY = "mensual", _("Mensual")
        QUARTERLY = "trimestral", _("Trimestral")
        HALF_YEARLY = "semestral", _("Semestral")
        YEARLY = "anual", _("Anual")
        NOW_AND_THEN = "irregular", _("Sin fecha fija")

    ledger_kind = "monitor"
    schema_type = "Report"
    template = "traza/site/monitor.html"
    listed_by = ("title",)
    parent_page_types: ClassVar[list[str]] = ["site.MonitorIndexPage"]

    frequency = models.CharField(
        "cada cuánto sale", max_length=12, choices=Frequency.choices, default=Frequency.MONTHLY
    )
    edition = models.CharField(
        "edición",
        max_length=60,
        help_text=(
            "Por ejemplo, «noviembre de 2026». Con otro nombre, al publicarse se guarda una "
            "edición nueva con su PDF; con el mismo, se corrige la que ya está."
        ),
    )
    unit = models.CharField(
        "unidad que firma", max_length=160, help_text="Por ejemplo, «Sistema de Indicadores»."
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("edition"), FieldPanel("frequency")]), FieldPanel("unit")],
            heading="Edición",
        ),
        FieldPanel("body"),
        *StoryPage.about_panels,
    ]

    class Meta:
        verbose_name = "monitor"
        verbose_name_plural = "monitores"

    def clean(self) -> None:
        """Refuse a name of which no address can be made."""
        super().clean()
        if self.edition and not slugify(self.edition):
            message = "Le faltan letras o números: con ellos se forma su dirección."
            raise ValidationError({"edition": message})

    @property
    def edition_slug(self) -> str:
        """Return the name of the edition as it stands in an address."""
        return slugify(self.edition)

    def signature(self) -> str:
        """Return the unit, how often it comes out and the edition at hand."""
        named = f"edición de {self.edition}"
        return " · ".join([self.unit, str(self.get_frequency_display()), named])

    @property
    def shown_at(self) -> datetime | None:
        """Return when the latest edition was kept."""
        latest: MonitorEdition | None = self.editions.first()
        return latest.kept_at if latest else self.first_published_at

    def is_new_edition(self) -> bool:
        """Tell whether no edition of this name was kept yet."""
        return not self.editions.filter(slug=self.edition_slug).exists()

    def brings_news(self) -> bool:
        """A new edition is news, although the page is not."""
        return self.is_new_edition()

    def published_sentences(self, *, updated: bool) -> tuple[str, str]:
        """Name the edition."""
        if not updated or self.is_new_edition():
            return (
                f"{self.title}: edición de {self.edition}",
                f"{self.title}: edition of {self.edition}",
            )
        if not self.editions.filter(digest=self.digest()).exists():
            return (
                f"{self.title}: edición de {self.edition} corregida",
                f"{self.title}: edition of {self.edition} corrected",
            )
        return super().published_sentences(updated=updated)

    def follow_ledger(self) -> None:
        """Keep the edition that comes out, and let the addresses of all follow the page."""
        super().follow_ledger()
        from traza.site.editions import keep_edition, list_editions  # they read these models

        keep_edition(self)
        list_editions(self)

    def unfollow_ledger(self) -> None:
        """Take the editions from the public with the page."""
        from traza.site.editions import withdraw_editions  # it reads these models

        withdraw_editions(self)

    def more_context(self, institute: Institute) -> dict[str, Any]:
        """Add the editions."""
        editions = list(self.editions.defer("parts", "paper"))
        return {"editions": editions, "current": next(iter(editions), None)}

    def digest(self) -> str:
        """Return a hash of the words and of the versions of the data they were written on."""
        said = [self.title, self.introduction, self.edition, self.unit, self.written_on]
        text = json.dumps(
            [*said, self.body.get_prep_value()], sort_keys=True, cls=DjangoJSONEncoder
        )
        return hashlib.sha256(text.encode()).hexdigest()


class MonitorEdition(models.Model):
    """A monitor as it was on a day: its words, its drawings and the versions of its data."""

    page = models.ForeignKey(MonitorPage, on_delete=models.CASCADE, related_name="editions")
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=255)
    introduction = models.TextField()
    unit = models.CharField(max_length=160)
    kept_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    #: By slug of each indicator, its name and the version of its data.
    versions = models.JSONField(default=dict)
    #: By language, each part as it stood in the page.
    parts = models.JSONField(default=dict)
    #: What the PDF is made of.
    paper = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    pdf = models.FileField(upload_to="monitores", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["page", "slug"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.title}, {self.name}"

    @property
    def path(self) -> str:
        """Return its address without language."""
        return f"{self.page.public_path}{self.slug}/"

    @property
    def pdf_path(self) -> str:
        """Return the address of its PDF, empty while it is being made."""
        return f"{self.path}{self.slug}.pdf" if self.pdf else ""
