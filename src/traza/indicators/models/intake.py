"""The way in: an import, the fate of each of its rows, and what each release changed."""

from django.conf import settings
from django.db import models

from traza.indicators.models.catalogue import Indicator, Series, Snapshot
from traza.publishing.models import Release


class ColumnMapping(models.Model):
    """How a file of a given shape is read, as the analyst left it; proposed again next time.

    ``signature`` is the hash of the folded header; ``mapping`` is the dictionary of
    ``indicators.intake.mapping.Mapping``.
    """

    signature = models.CharField(max_length=64, unique=True)
    header = models.JSONField(default=list)
    mapping = models.JSONField()
    used_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return " · ".join(str(cell) for cell in self.header)[:120]


class ImportJob(models.Model):
    """One file (or one hand-made correction) on its way to publication."""

    class State(models.TextChoices):
        """Where it is on its way."""

        RECEIVED = "received", "Recibido"
        READ = "read", "Leído"
        CHECKED = "checked", "Revisado"
        SUBMITTED = "submitted", "En espera de aprobación"
        RETURNED = "returned", "Devuelto"
        PUBLISHED = "published", "Publicado"
        DISCARDED = "discarded", "Descartado"
        FAILED = "failed", "Falló"

    title = models.CharField("título", max_length=200)
    state = models.CharField(
        "estado", max_length=10, choices=State.choices, default=State.RECEIVED, db_index=True
    )
    snapshot = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.PROTECT)
    sheet = models.CharField("hoja", max_length=120, blank=True)
    series = models.ForeignKey(
        Series,
        verbose_name="serie",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="imports",
    )
    mapping = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    note = models.TextField("nota para quien lee", blank=True)
    review_note = models.TextField("nota de quien revisa", blank=True)
    problem = models.TextField("problema", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="a cargo de",
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    release = models.OneToOneField(
        Release, null=True, blank=True, on_delete=models.PROTECT, related_name="import_job"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "importación"
        verbose_name_plural = "importaciones"
        permissions = [
            ("submit_import", "Puede enviar importaciones a revisión"),
            ("approve_import", "Puede aprobar o devolver importaciones"),
            ("withdraw_release", "Puede retirar entregas"),
        ]

    def __str__(self) -> str:
        return self.title


class ImportRow(models.Model):
    """One value of a file and its fate. Every row keeps its place in the file and its raw text."""

    class Fate(models.TextChoices):
        """What will happen, or happened, to the value."""

        NEW = "new", "Nuevo"
        REVISED = "revised", "Corregido"
        EQUAL = "equal", "Igual"
        MISSING = "missing", "Falta en el archivo"
        REFUSED = "refused", "Rechazado"
        DISCARDED = "discarded", "Descartado"

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("renglón", null=True)
    column = models.CharField("columna", max_length=120, blank=True)
    raw = models.JSONField(default=dict)
    series = models.ForeignKey(
        Series, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    place_id = models.BigIntegerField(null=True)
    period_id = models.IntegerField(null=True)
    value = models.FloatField(null=True)
    status = models.CharField(max_length=1, default="A")
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    comment = models.CharField(max_length=500, blank=True)
    old_value = models.FloatField(null=True)
    old_status = models.CharField(max_length=1, blank=True)
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.NEW)
    issues = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["job", "fate"], name="import_row_fate")]

    def __str__(self) -> str:
        return f"renglón {self.line}: {self.fate}"


class IndicatorVersion(models.Model):
    """What one release changed in one indicator, with the version number it gave it.

    ``major.minor``: major rises when values are removed, minor when values are added or revised.
    ``changes`` lists counts and up to 200 changed keys with old and new value.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="indicators")
    major = models.PositiveIntegerField(default=1)
    minor = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["-release__published_at", "-id"]
        verbose_name = "versión de un indicador"
        verbose_name_plural = "versiones de indicadores"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "release"], name="version_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator.slug} {self.number}"

    @property
    def number(self) -> str:
        """Return the version as text, e.g. ``1.2``."""
        return f"{self.major}.{self.minor}"
