"""Studies and research: what was done, by whom, of what class, with its files."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.documents.models import Document
from wagtail.models import Orderable, Page

from traza.foundation.models import Institute
from traza.site.models.stories import StoryIndex, StoryPage


class StudyIndexPage(StoryIndex):
    """``/estudios/``: the catalogue."""

    own_slug = "estudios"
    section_title = _("Estudios")
    section_words = _(
        "Aquí se publican los estudios e investigaciones del instituto y los que recibe, con sus "
        "archivos, su método y de dónde salen."
    )
    template = "traza/site/study_index.html"
    subpage_types: ClassVar[list[str]] = ["site.StudyPage"]

    class Meta:
        verbose_name = "catálogo de estudios"
        verbose_name_plural = "catálogos de estudios"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the studies chosen and the links that choose others."""
        from traza.site.studies import catalogue_context  # it reads these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | catalogue_context(request.GET)


class StudyPage(StoryPage):
    """A study: its summary and its files; the body is for what deserves a page of its own."""

    class Quality(models.TextChoices):
        """What kind of knowledge it is."""

        ANSWER = "respuesta", _("Respuesta a una inquietud")
        THEORY = "teoria", _("Desarrollo teórico")
        OBSERVATION = "observacion", _("Observación")
        CORRELATION = "correlacion", _("Correlación")
        EXPERIMENT = "experimento", _("Experimento")
        DIAGNOSIS = "diagnostico", _("Diagnóstico")
        DISCOVERY = "descubrimiento", _("Descubrimiento")

    class Source(models.TextChoices):
        """Where what it knows comes from."""

        THINGS = "cosas", _("Primaria: lugares y cosas")
        PEOPLE = "personas", _("Primaria: personas")
        BOOKS = "libros", _("Secundaria: libros")
        PRESS = "prensa", _("Secundaria: periódicos y revistas")
        RECORDS = "documentos", _("Secundaria: documentos y registros")
        MEDIA = "medios", _("Secundaria: otros medios")
        INTERNET = "internet", _("Secundaria: internet")

    class Scope(models.TextChoices):
        """How far it goes."""

        EXPLORES = "explora", _("Exploratorio")
        DESCRIBES = "describe", _("Descriptivo")
        EXPLAINS = "explica", _("Explicativo")

    ledger_kind = "study"
    schema_type = "Report"
    template = "traza/site/study.html"
    parent_page_types: ClassVar[list[str]] = ["site.StudyIndexPage"]

    authors = models.CharField(
        "autoría", max_length=250, blank=True, help_text="Personas, separadas con coma."
    )
    unit = models.CharField(
        "unidad o institución",
        max_length=200,
        blank=True,
        help_text="Quién lo hizo, si no es el instituto mismo, o su área.",
    )
    date = models.DateField("fecha del estudio", help_text="Cuándo se terminó.")
    quality = models.CharField(
        "clase por su calidad", max_length=20, choices=Quality.choices, blank=True
    )
    source = models.CharField(
        "clase por su fuente", max_length=20, choices=Source.choices, blank=True
    )
    scope = models.CharField(
        "clase por su alcance", max_length=20, choices=Scope.choices, blank=True
    )
    origin = models.CharField(
        "cómo llegó",
        max_length=200,
        blank=True,
        help_text="Si alguien lo aportó: por ejemplo, el folio con que se recibió. Es público.",
    )
    licence = models.CharField(
        "licencia",
        max_length=120,
        blank=True,
        help_text="Vacía: la del instituto.",
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction", heading="Resumen"),
        MultiFieldPanel(
            [
                FieldPanel("authors"),
                FieldRowPanel([FieldPanel("unit"), FieldPanel("date")]),
                FieldRowPanel([FieldPanel("licence"), FieldPanel("origin")]),
            ],
            heading="De quién y de cuándo",
        ),
        InlinePanel(
            "files",
            heading="Archivos",
            label="Archivo",
            help_text="Del texto de los PDF se encarga el sistema: se busca con el estudio.",
        ),
        FieldRowPanel(
            [FieldPanel("quality"), FieldPanel("source"), FieldPanel("scope")],
            heading="De qué clase es",
        ),
        FieldPanel("body"),
        *StoryPage.about_panels,
    ]

    class Meta:
        verbose_name = "estudio"
        verbose_name_plural = "estudios"

    def signature(self) -> str:
        """Return the authors and their unit."""
        return ", ".join(part for part in (self.authors, self.unit) if part)

    def classes(self) -> list[str]:
        """Return the words of its classes."""
        pairs = (
            (self.quality, self.get_quality_display()),
            (self.source, self.get_source_display()),
            (self.scope, self.get_scope_display()),
        )
        return [str(words) for code, words in pairs if code]

    def plain_text(self) -> str:
        """Return its words and those of its files, for search."""
        read = DocumentRecord.objects.filter(document__in=[one.document_id for one in self.listed])
        return " ".join([self.signature(), super().plain_text(), *(one.text for one in read)])

    def more_context(self, institute: Institute) -> dict[str, Any]:
        """Add the files, the classes and how it is cited."""
        from traza.site.studies import study_context  # it reads these models

        return study_context(self, institute)

    def schema_facts(self) -> dict[str, Any]:
        """Say who made it, when, and what can be downloaded."""
        from traza.site.studies import study_schema  # it reads these models

        return study_schema(self)

    @property
    def listed(self) -> list["StudyFile"]:
        """Return the files that still exist."""
        return [one for one in self.files.all() if one.document_id is not None]


class StudyFile(Orderable):
    """A file of a study."""

    page = ParentalKey(StudyPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        Document,
        verbose_name="archivo",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    title = models.CharField(
        "cómo se llama",
        max_length=200,
        blank=True,
        help_text="Por ejemplo, «Resumen ejecutivo». Vacío: como el archivo.",
    )

    panels: ClassVar[list[Any]] = [FieldPanel("document"), FieldPanel("title")]

    def __str__(self) -> str:
        return self.title or str(self.document)


class DocumentRecord(models.Model):
    """What is known of an uploaded file: its hash, its size, its kind and its words."""

    class State(models.TextChoices):
        """How far reading its words went."""

        WAITING = "waiting", "por leer"
        READ = "read", "leído"
        PARTLY = "partly", "leído en parte"
        EMPTY = "empty", "sin texto"
        REFUSED = "refused", "no se pudo leer"
        OTHER = "other", "no es PDF"

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="record")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    pages = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.document_id}: {self.state}"
