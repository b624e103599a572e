"""Pages that staff write: home, institutional pages, questions, contact."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from traza.participation.kinds import KINDS
from traza.site.blocks import BodyField
from traza.site.home_blocks import HomeField, usual
from traza.site.models.base import TrazaPage

#: The address at which the institute is written to, whether staff wrote a page for it or not.
CONTACT = "contacto"


class HomeForm(WagtailAdminPageForm):
    """The form of the home page; who opens it the first time finds the usual sections."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and not instance.composition:
            instance.composition = usual()
        super().__init__(*args, **kwargs)


class HomePage(TrazaPage):
    """The words of the home page; its figures, map and news come from the rooms."""

    ledger_kind = "home"
    in_ledger = False
    max_count = 1

    headline = models.CharField(
        "encabezado",
        max_length=160,
        blank=True,
        help_text="Vacío: se escribe solo con el nombre del municipio y de la zona.",
    )
    introduction = models.TextField("introducción", blank=True)
    composition = HomeField(
        verbose_name="secciones",
        blank=True,
        help_text=(
            "En este orden. Lo que no se muestra se desmarca. Entre ellas se destacan textos, "
            "eventos, convocatorias y cifras. Sin ninguna: el orden de siempre."
        ),
    )

    base_form_class = HomeForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("introduction"),
        FieldPanel("composition"),
    ]
    subpage_types: ClassVar[list[str]] = [
        "site.StandardPage",
        "site.FAQPage",
        "site.ContactPage",
        "site.DirectoryPage",
        "site.TransparencyPage",
        "site.NewsIndexPage",
        "site.AnalysisIndexPage",
        "site.StudyIndexPage",
        "site.MonitorIndexPage",
        "site.EventIndexPage",
        "site.CallIndexPage",
    ]

    class Meta:
        verbose_name = "portada"
        verbose_name_plural = "portadas"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the home page as readers see it, also in a preview."""
        from traza.site.views import render_home  # the view gathers from every room

        return render_home(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft as readers would see it."""
        return self.serve(request)


class StandardPage(TrazaPage):
    """An institutional page: terms, privacy, about."""

    introduction = models.TextField("introducción", blank=True)
    body = BodyField(verbose_name="contenido", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    template = "traza/site/standard_page.html"
    parent_page_types: ClassVar[list[str]] = ["site.HomePage", "site.StandardPage"]

    class Meta:
        verbose_name = "página institucional"
        verbose_name_plural = "páginas institucionales"


class FAQPage(TrazaPage):
    """Frequent questions."""

    introduction = models.TextField("introducción", blank=True)
    body = BodyField(verbose_name="preguntas", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    template = "traza/site/faq_page.html"
    parent_page_types: ClassVar[list[str]] = ["site.HomePage"]

    class Meta:
        verbose_name = "preguntas frecuentes"
        verbose_name_plural = "preguntas frecuentes"


class ContactPage(TrazaPage):
    """How to reach the institute; address and e-mail come from its settings."""

    introduction = models.TextField("introducción", blank=True)
    body = BodyField(verbose_name="contenido", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    template = "traza/site/contact_page.html"
    own_slug = CONTACT
    parent_page_types: ClassVar[list[str]] = ["site.HomePage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what may be sent to the institute."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "kinds": KINDS}

    class Meta:
        verbose_name = "contacto"
        verbose_name_plural = "contacto"
