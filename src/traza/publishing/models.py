"""The ledger of everything the public can see, releases, and the revision of the site."""

from datetime import date

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models

from traza.places.models import Place


class Topic(models.Model):
    """A theme: an axis, a tag below it, or an entry of another scheme (SDG, plan axes)."""

    code = models.SlugField("clave", max_length=80, unique=True)
    scheme = models.CharField("esquema", max_length=20, default="tag")
    parent = models.ForeignKey(
        "self",
        verbose_name="dentro de",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    name = models.CharField("nombre", max_length=120)
    name_en = models.CharField("nombre en inglés", max_length=120, blank=True)
    order = models.PositiveIntegerField("orden", default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "tema"
        verbose_name_plural = "temas"

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Return the topic's public address without language."""
        return f"/temas/{self.code}/"


class PublicationSet(models.QuerySet["Publication"]):
    """Rows of the ledger."""

    def shown(self) -> "PublicationSet":
        """Keep what readers may see now: public, and not held by an electoral silence."""
        from traza.publishing.silence import held_kinds  # it reads these models

        return self.filter(is_public=True).exclude(kind__in=held_kinds())


class Publication(models.Model):
    """One row for everything the public can see. Carries no personal data; is never erased."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=160)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    path = models.CharField(max_length=300, db_index=True)
    short = models.CharField(max_length=12, unique=True, null=True, editable=False)
    topics = models.ManyToManyField(Topic, blank=True, related_name="publications")
    places = models.ManyToManyField(Place, blank=True, related_name="publications")
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    box = models.JSONField(null=True, blank=True)
    language = models.CharField(max_length=5, default="es")
    image = models.CharField(max_length=300, blank=True)
    search_text = models.TextField(blank=True)
    weight = models.FloatField(default=1.0)
    first_published = models.DateTimeField()
    last_changed = models.DateTimeField(db_index=True)
    is_public = models.BooleanField(default=True)

    objects = PublicationSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="publication_once"),
        ]
        verbose_name = "publicación"
        verbose_name_plural = "publicaciones"

    def __str__(self) -> str:
        return self.title


class Change(models.Model):
    """Something happened to a publication. Append-only."""

    class What(models.TextChoices):
        """What happened; ``initial`` is a first load and is never announced as news."""

        INITIAL = "initial", "Carga inicial"
        PUBLISHED = "published", "Publicado"
        NEW_DATA = "new_data", "Datos nuevos"
        CORRECTED = "corrected", "Corregido"
        WITHDRAWN = "withdrawn", "Retirado"
        RESTORED = "restored", "Restituido"

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=20, choices=What.choices)
    sentence = models.CharField(max_length=400)
    sentence_en = models.CharField(max_length=400, blank=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    release = models.ForeignKey(
        "Release", null=True, blank=True, on_delete=models.PROTECT, related_name="ledger_changes"
    )

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "cambio"
        verbose_name_plural = "cambios"

    def __str__(self) -> str:
        return self.sentence


class Release(models.Model):
    """One approved import or edit: immutable once made.

    Withdrawing one is a new release (``withdraws``) that restores every key still holding its
    values; the old one stays listed with the public note.
    """

    room = models.CharField(max_length=20)
    title = models.CharField("título", max_length=200)
    note = models.TextField("nota pública", blank=True)
    changes = models.JSONField(default=dict)
    is_initial = models.BooleanField(default=False)
    withdraws = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawn_by"
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name = "entrega de datos"
        verbose_name_plural = "entregas de datos"

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        """Return whether a later release took this one back."""
        return Release.objects.filter(withdraws=self).exists()


class Redirect(models.Model):
    """An address that moved; kept for ever. Paths without language prefix."""

    old_path = models.CharField("dirección anterior", max_length=300, unique=True)
    new_path = models.CharField("dirección actual", max_length=300)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "redirección"
        verbose_name_plural = "redirecciones"

    def __str__(self) -> str:
        return f"{self.old_path} → {self.new_path}"


class Revision(models.Model):
    """The one-row counter of everything public; see ``publishing.revision``."""

    number = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)


class SearchTerm(models.Model):
    """Inverted index: one folded Spanish stem of one publication, with its weight."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=60, db_index=True)
    weight = models.FloatField()

    def __str__(self) -> str:
        return self.term


class SearchWord(models.Model):
    """Vocabulary of folded words with how often each occurs: mends typing mistakes."""

    word = models.CharField(max_length=60, unique=True)
    term = models.CharField(max_length=60, db_index=True)
    count = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.word


class Silence(models.Model):
    """A stretch of days in which the law forbids government publicity; see ``silence``."""

    starts = models.DateField("desde", help_text="Primer día, desde las cero horas.")
    ends = models.DateField("hasta", help_text="Último día. A medianoche termina sola.")
    basis = models.CharField(
        "fundamento",
        max_length=300,
        help_text="Ley y artículo, o acuerdo de la autoridad electoral. Se muestra al público.",
    )
    reason = models.CharField(
        "elección", max_length=160, help_text="Por ejemplo, «Elecciones municipales». Es pública."
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-starts"]
        verbose_name = "veda electoral"
        verbose_name_plural = "vedas electorales"

    def __str__(self) -> str:
        return f"{self.reason}: {self.starts:%d/%m/%Y} a {self.ends:%d/%m/%Y}"

    def clean(self) -> None:
        """Refuse a silence that ends before it starts."""
        if (
            isinstance(self.starts, date)
            and isinstance(self.ends, date)
            and self.ends < self.starts
        ):
            raise ValidationError({"ends": "El último día es anterior al primero."})


class ScheduleFailure(models.Model):
    """Something that could not come out, or be taken off, at its hour; tried every minute."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="fails_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.reason}"
