"""News and analyses: stories made of words and live blocks, about topics and places."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester

from traza.foundation.models import Institute
from traza.foundation.review import alone
from traza.indicators.models import Indicator
from traza.indicators.queries.versions import current_versions
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.site.models.base import TrazaPage
from traza.site.story_blocks import StoryField, StoryPlacesField, indicators_in


class ReviewedPermissions(PagePermissionTester):
    """A story comes out by somebody's approval, not from the hand that wrote it."""

    def can_publish(self) -> bool:
        """Publish straight away only where one person does everything."""
        return bool(super().can_publish()) and alone()

    def can_publish_subpage(self) -> bool:
        """Create and publish at once only where one person does everything."""
        return bool(super().can_publish_subpage()) and alone()

    def can_unschedule(self) -> bool:
        """Stop what waits for its hour with the permission to publish."""
        return bool(super().can_publish())


class _Reviewed(TrazaPage):
    """A page whose permissions are those of a review."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what a person may do with this page."""
        return ReviewedPermissions(user, self)


class StoryIndex(_Reviewed):
    """The list of one kind of story; its address belongs to the kind."""

    in_ledger = False
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["site.HomePage"]
    promote_panels: ClassVar[list[Any]] = []
    show_in_menus_default = True
    #: Title in lists and feeds, and what the list holds, or will hold.
    section_title: ClassVar[Any] = ""
    section_words: ClassVar[Any] = ""
    #: Whether those words stand there always, not only while the list is empty.
    always_said: ClassVar[bool] = False

    introduction = models.TextField(
        "introducción", blank=True, help_text="Debajo del título de la lista."
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the stories of a page of the list."""
        from traza.site.stories import index_context  # it reads these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | index_context(self, request)


class NewsIndexPage(StoryIndex):
    """``/noticias/``."""

    own_slug = "noticias"
    section_title = _("Noticias")
    section_words = _(
        "Aquí se publica lo que hace el instituto: entregas de datos, estudios, convocatorias "
        "y avisos, cada uno con su fecha."
    )
    template = "traza/site/story_index.html"
    subpage_types: ClassVar[list[str]] = ["site.NewsPage"]

    class Meta:
        verbose_name = "lista de noticias"
        verbose_name_plural = "listas de noticias"


class AnalysisIndexPage(StoryIndex):
    """``/analisis/``."""

    own_slug = "analisis"
    section_title = _("Análisis")
    section_words = _(
        "Aquí se publican textos firmados que explican qué dicen los datos, con gráficas que se "
        "ponen al día solas."
    )
    template = "traza/site/story_index.html"
    subpage_types: ClassVar[list[str]] = ["site.AnalysisPage"]

    class Meta:
        verbose_name = "lista de análisis"
        verbose_name_plural = "listas de análisis"


class StoryForm(WagtailAdminPageForm):
    """The form of a story, with the promise that its words go with today's data."""

    reviewed = forms.BooleanField(
        label="El texto ya toma en cuenta los datos de hoy",
        required=False,
        help_text=(
            "Se marca después de releerlo. Quita el aviso de que los datos cambiaron desde que "
            "se escribió."
        ),
    )

    def save(self, commit: bool = True) -> Any:
        """Take today's versions where the words were read again."""
        if self.cleaned_data.get("reviewed"):
            self.instance.written_on = {}
            self.instance.keep_versions()
        return super().save(commit)


class StoryPage(_Reviewed):
    """What news and analyses share."""

    ledger_weight = 1.0
    #: In what order its list stands.
    listed_by: ClassVar[tuple[str, ...]] = ("-first_published_at", "-pk")
    #: Whether it stands in the agenda and not among the texts of the home page.
    is_agenda: ClassVar[bool] = False
    #: What it is for search engines.
    schema_type: ClassVar[str] = "Article"
    subpage_types: ClassVar[list[str]] = []
    base_form_class = StoryForm

    introduction = models.TextField(
        "entrada",
        max_length=500,
        help_text="Qué se encontró, en una o dos frases. También sale en listas y canales.",
    )
    body = StoryField(verbose_name="contenido", blank=True)
    topics = ParentalManyToManyField(Topic, verbose_name="temas", blank=True, related_name="+")
    places = StoryPlacesField(verbose_name="lugares", blank=True)
    #: By slug of each indicator in the body, the version of its data when the words were written.
    written_on = models.JSONField(default=dict, editable=False)
    withdrawal_note = models.CharField(
        "por qué se retira",
        max_length=250,
        blank=True,
        help_text="Si se retira del sitio, lo lee quien llega a su dirección.",
    )

    about_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("places"),
            ],
            heading="De qué trata",
            help_text="Por esto sale en las páginas de sus temas y de sus lugares.",
        ),
        MultiFieldPanel([FieldPanel("reviewed")], heading="Los datos del texto"),
    ]
    settings_panels = [*Page.settings_panels, FieldPanel("withdrawal_note")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Check, and keep the version of the data of what has just been written."""
        super().clean()
        self.keep_versions()

    def keep_versions(self) -> None:
        """Note the version of the indicators new to the body; those known keep theirs."""
        used = indicators_in(self.body)
        now = current_versions([one.pk for one in used])
        self.written_on = {
            one.slug: self.written_on.get(one.slug) or now[one.pk]
            for one in used
            if one.slug in self.written_on or one.pk in now
        }

    def plain_text(self) -> str:
        """Return the words of the story, for search."""
        return " ".join(
            [self.introduction, *self.body.stream_block.get_searchable_content(self.body)]
        )

    def published_sentences(self, *, updated: bool) -> tuple[str, str]:
        """Return the title: the kind stands beside it."""
        if updated:
            return f"{self.title}: texto actualizado", f"{self.title}: text updated"
        return self.title, self.title

    def ledger_topics(self) -> list[Topic]:
        """Return the topics that the editor chose."""
        return list(self.topics.all())

    def ledger_places(self) -> list[Place]:
        """Return the places that the editor chose."""
        return [block.value for block in self.places if block.value is not None]

    def follow_ledger(self) -> None:
        """Keep which indicators the story tells of: their pages lead to it."""
        StoryIndicator.objects.filter(page=self).delete()
        StoryIndicator.objects.bulk_create(
            StoryIndicator(page_id=self.pk, indicator=one) for one in indicators_in(self.body)
        )

    def withdrawal_reason(self) -> str:
        """Return the note of the latest draft: it is written just before withdrawing."""
        latest = self.get_latest_revision()
        return str(latest.as_object().withdrawal_note if latest else self.withdrawal_note).strip()

    def signature(self) -> str:
        """Return who signs, one line."""
        return ""

    @property
    def shown_at(self) -> datetime | None:
        """Return the moment that lists show."""
        moment: datetime | None = self.first_published_at
        return moment

    def more_context(self, institute: Institute) -> dict[str, Any]:
        """Return what the page of this kind shows besides what every story does."""
        return {}

    def schema_facts(self) -> dict[str, Any]:
        """Return what search engines are told besides what every story says."""
        return {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the drawn blocks, what changed since, and what is said to machines."""
        from traza.site.stories import story_context  # it reads these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | story_context(self, request)


class NewsPage(StoryPage):
    """A piece of news of the institute."""

    ledger_kind = "news"
    schema_type = "NewsArticle"
    template = "traza/site/story.html"
    parent_page_types: ClassVar[list[str]] = ["site.NewsIndexPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        *StoryPage.about_panels,
    ]

    class Meta:
        verbose_name = "noticia"
        verbose_name_plural = "noticias"


class AnalysisPage(StoryPage):
    """An analysis, signed by whoever wrote it and by their unit."""

    ledger_kind = "analysis"
    template = "traza/site/story.html"
    parent_page_types: ClassVar[list[str]] = ["site.AnalysisIndexPage"]

    author = models.CharField("autoría", max_length=160, blank=True)
    unit = models.CharField(
        "unidad que firma", max_length=160, help_text="Por ejemplo, «Sistema de Indicadores»."
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("author"), FieldPanel("unit")], heading="Firma"),
        FieldPanel("body"),
        *StoryPage.about_panels,
    ]

    class Meta:
        verbose_name = "análisis"
        verbose_name_plural = "análisis"

    def signature(self) -> str:
        """Return the author, if one signs, and the unit."""
        return ", ".join(part for part in (self.author, self.unit) if part)


class StoryIndicator(models.Model):
    """An indicator of which a public story tells."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "indicator"], name="story_tells_once")
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.indicator_id}"
