"""The catalogue: sources, units, code lists, indicators and their series."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from traza.publishing.models import Topic


class Source(models.Model):
    """Where figures come from; the fields are those of OWID's *Origin*."""

    code = models.SlugField("clave", max_length=80, unique=True)
    producer = models.CharField("productor", max_length=240)
    title = models.CharField("título del producto", max_length=300, blank=True)
    title_en = models.CharField("título en inglés", max_length=300, blank=True)
    citation = models.TextField("cómo se cita", blank=True)
    url = models.URLField("dirección", max_length=400, blank=True)
    license = models.CharField("licencia", max_length=160, blank=True)
    license_url = models.URLField("dirección de la licencia", max_length=400, blank=True)
    date_published = models.CharField("fecha de publicación", max_length=20, blank=True)
    redistributable = models.BooleanField("se puede redistribuir", default=True)
    note = models.TextField("nota", blank=True)

    class Meta:
        ordering = ["producer", "title"]
        verbose_name = "fuente"
        verbose_name_plural = "fuentes"

    def __str__(self) -> str:
        return f"{self.producer}. {self.title}" if self.title else self.producer


class Snapshot(models.Model):
    """The raw file that came from outside, kept by the hash of its content; never deleted."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    original_name = models.CharField(max_length=240)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.SET_NULL)
    stored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.original_name


#: Decimals with which a figure can be shown.
MOST_DECIMALS = 8


class Unit(models.Model):
    """A unit of measure, with how its figures are written."""

    class Kind(models.TextChoices):
        """What sort of quantity."""

        COUNT = "count", "Conteo"
        PERCENT = "percent", "Porcentaje"
        RATE = "rate", "Tasa"
        CURRENCY = "currency", "Dinero"
        INDEX = "index", "Índice"
        DURATION = "duration", "Duración"
        RATIO = "ratio", "Razón"
        AREA = "area", "Superficie"
        VOLUME = "volume", "Volumen"
        OTHER = "other", "Otra"

    code = models.SlugField("clave", max_length=80, unique=True)
    name = models.CharField("nombre", max_length=160)
    name_en = models.CharField("nombre en inglés", max_length=160, blank=True)
    symbol = models.CharField("símbolo", max_length=20, blank=True)
    position = models.CharField(
        "posición del símbolo",
        max_length=6,
        default="suffix",
        choices=[("prefix", "Antes"), ("suffix", "Después")],
    )
    kind = models.CharField("clase", max_length=10, choices=Kind.choices, default=Kind.OTHER)
    multiplier = models.SmallIntegerField(
        "potencia de diez", default=0, validators=[MinValueValidator(-12), MaxValueValidator(12)]
    )
    decimals = models.PositiveSmallIntegerField(
        "decimales", default=0, validators=[MaxValueValidator(MOST_DECIMALS)]
    )
    per = models.CharField("por cada", max_length=120, blank=True)
    per_en = models.CharField("por cada (inglés)", max_length=120, blank=True)
    noun = models.CharField("sustantivo", max_length=80, blank=True)
    noun_plural = models.CharField("sustantivo en plural", max_length=80, blank=True)
    noun_en = models.CharField("sustantivo en inglés", max_length=80, blank=True)
    noun_plural_en = models.CharField("plural en inglés", max_length=80, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "unidad"
        verbose_name_plural = "unidades"

    def __str__(self) -> str:
        return self.name


class Codelist(models.Model):
    """A list of codes for a breakdown, named as SDMX names it (``SEX``, ``AGE``)."""

    code = models.CharField("clave", max_length=40, unique=True)
    name = models.CharField("nombre", max_length=120)
    name_en = models.CharField("nombre en inglés", max_length=120, blank=True)

    class Meta:
        verbose_name = "lista de códigos"
        verbose_name_plural = "listas de códigos"

    def __str__(self) -> str:
        return self.name


class Code(models.Model):
    """One code of a code list."""

    codelist = models.ForeignKey(Codelist, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField("clave", max_length=40)
    name = models.CharField("nombre", max_length=120)
    name_en = models.CharField("nombre en inglés", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = "código"
        verbose_name_plural = "códigos"
        constraints = [models.UniqueConstraint(fields=["codelist", "code"], name="code_once")]

    def __str__(self) -> str:
        return self.name


class Indicator(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """What is measured, in words. Edited by people as a Wagtail snippet with drafts and review.

    Figures are not here: they belong to the indicator's series and come in through releases.
    """

    class Direction(models.TextChoices):
        """Which way is better."""

        UP = "up", "Más es mejor"
        DOWN = "down", "Menos es mejor"
        NONE = "none", "Ni más ni menos es mejor"

    class Aggregation(models.TextChoices):
        """How the figure of a group is made from its members."""

        SUM = "sum", "Suma de sus partes"
        NONE = "none", "No se agrega"

    slug = models.SlugField("dirección", max_length=160, unique=True)
    name = models.CharField("nombre", max_length=240)
    name_en = models.CharField("nombre en inglés", max_length=240, blank=True)
    definition = models.TextField("qué mide", blank=True)
    definition_en = models.TextField("qué mide (inglés)", blank=True)
    formula = models.TextField("cómo se calcula", blank=True)
    limits = models.TextField("límites", blank=True)
    axis = models.ForeignKey(
        Topic,
        verbose_name="eje",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="axis_indicators",
    )
    topics = ParentalManyToManyField(
        Topic, verbose_name="temas", blank=True, related_name="indicators"
    )
    related = ParentalManyToManyField("self", verbose_name="relacionados", blank=True)
    direction = models.CharField(
        "dirección deseada", max_length=4, choices=Direction.choices, default=Direction.NONE
    )
    direction_reviewed = models.BooleanField("dirección revisada", default=False)
    frequency = models.CharField("frecuencia de publicación", max_length=20, blank=True)
    aggregation = models.CharField(
        "agregación", max_length=4, choices=Aggregation.choices, default=Aggregation.NONE
    )
    next_release = models.DateField("siguiente actualización", null=True, blank=True)
    update_days = models.PositiveIntegerField("se actualiza cada (días)", null=True, blank=True)
    owner = models.CharField("área responsable", max_length=160, blank=True)
    is_archived = models.BooleanField("archivado (no se muestra)", default=False)
    order = models.PositiveIntegerField("orden", default=0)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "indicador"
        verbose_name_plural = "indicadores"

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Return the indicator's public address without language."""
        return f"/indicadores/{self.slug}/"

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a version of the card; the first edit keeps what was public as a version too.

        A card of a first load has none: without it there is nothing to compare the edit with, and
        scheduling the edit would take the card off the site until its day.
        """
        if self.pk is not None and self.latest_revision_id is None:
            published = Indicator.objects.filter(pk=self.pk, live=True).first()
            if published is not None:
                first = super(Indicator, published).save_revision(changed=False, clean=False)
                Indicator.objects.filter(pk=self.pk).update(live_revision=first)
                self.live_revision = first
        return super().save_revision(*args, **kwargs)

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """Publish a revision of the card with its line in the ledger, in one transaction."""
        # The ledger looks at this model: it can only be imported once models are loaded.
        from traza.indicators.ledger import card_change, card_published

        former_slug = Indicator.objects.values_list("slug", flat=True).get(pk=self.pk)
        with card_change():
            result = super().publish(revision, user=user, **kwargs)
            # What is only scheduled is no news yet: the day it comes, this runs again.
            revision.refresh_from_db(fields=["approved_go_live_at"])
            if revision.approved_go_live_at is None:
                card_published(self.pk, former_slug=former_slug, actor=user)
        return result

    def unpublish(
        self,
        set_expired: bool = False,
        commit: bool = True,
        user: Any = None,
        log_action: Any = True,
    ) -> None:
        """Take the card off the site with its line in the ledger, in one transaction.

        Who may do so is asked by the screen: Wagtail's action can only ask it of pages.
        """
        from traza.indicators.ledger import card_change, card_withdrawn

        with card_change():
            UnpublishAction(
                self, set_expired=set_expired, commit=commit, user=user, log_action=log_action
            ).execute(skip_permission_checks=True)
            card_withdrawn(self, actor=user)

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Show the draft as the public page of the indicator."""
        from traza.indicators.views import render_indicator

        return render_indicator(request, self, preview=True)


class Series(models.Model):
    """One definition of an indicator: breakdown × source × unit × frequency.

    Another source, unit or definition is another series; places and periods are inside it.
    ``dimensions`` maps a code list to a code (``{"SEX": "F"}``); empty means the total.
    """

    code = models.CharField("clave", max_length=200, unique=True)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    source = models.ForeignKey(
        Source, verbose_name="fuente", on_delete=models.PROTECT, related_name="series"
    )
    unit = models.ForeignKey(
        Unit, verbose_name="unidad", on_delete=models.PROTECT, related_name="series"
    )
    freq = models.CharField("frecuencia (SDMX)", max_length=4)
    dimensions = models.JSONField("desglose", default=dict, blank=True)
    title = models.CharField("título", max_length=240, blank=True)
    title_en = models.CharField("título en inglés", max_length=240, blank=True)
    is_headline = models.BooleanField("es la principal", default=False)
    decimals = models.PositiveSmallIntegerField(
        "decimales", null=True, blank=True, validators=[MaxValueValidator(MOST_DECIMALS)]
    )
    note = models.TextField("nota", blank=True)
    processing = models.TextField("cómo se derivó", blank=True)

    class Meta:
        ordering = ["-is_headline", "code"]
        verbose_name = "serie"
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator"],
                condition=models.Q(is_headline=True),
                name="one_headline_series",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.code
