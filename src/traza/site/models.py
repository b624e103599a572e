"""Pages that staff write: home, institutional pages, questions, contact.

Saving a page that is, was or becomes public writes its line of the ledger and raises the revision
in the same transaction, whichever way it was published: by hand, by a workflow or on schedule.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from traza.participation.kinds import KINDS
from traza.publishing.revision import public_change
from traza.site.blocks import BodyField
from traza.site.reserved import is_reserved

#: The address at which the institute is written to, whether staff wrote a page for it or not.
CONTACT = "contacto"


class TrazaPage(Page):
    """What every page of the site shares: its line in the ledger and a free address."""

    #: The page's kind in the ledger.
    ledger_kind: ClassVar[str] = "page"
    #: Set on a page that comes with a first load: its publication is then no news.
    is_first_load = False

    class Meta:
        abstract = True

    @property
    def public_path(self) -> str:
        """Return the page's address without language, e.g. ``/terminos/informacion/``."""
        parts = self.url_path.strip("/").split("/")[1:]
        return "/" + "".join(f"{part}/" for part in parts)

    def introduction_text(self) -> str:
        """Return the sentences that introduce the page."""
        return str(getattr(self, "introduction", ""))

    def plain_text(self) -> str:
        """Return the words of the page without markup, for search."""
        return f"{self.introduction_text()} {strip_tags(str(getattr(self, 'body', '')))}"

    def clean(self) -> None:
        """Refuse an address that belongs to a room of the system."""
        super().clean()
        if self.slug and is_reserved(self.slug) and self._is_top_level() and not self._is_own():
            raise ValidationError(
                {
                    "slug": (
                        f"La dirección «/{self.slug}/» la usa el sistema. "
                        "Conviene otra, por ejemplo con una palabra más."
                    )
                }
            )

    def _is_own(self) -> bool:
        """Return whether the room that has the address shows this very page there."""
        return False

    def _is_top_level(self) -> bool:
        parent = self.get_parent() if self.path else getattr(self, "_new_parent", None)
        return parent is None or parent.depth <= 2

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; when what the public sees changes, the ledger and the revision go with it."""
        fields = kwargs.get("update_fields")
        drafting = fields is not None and not {"live", "title", "slug"} & set(fields)
        was_live = self.pk is not None and type(self).objects.filter(pk=self.pk, live=True).exists()
        if drafting or not (self.live or was_live):
            super().save(*args, **kwargs)
            return
        # The ledger looks at page models when it follows moves and deletions.
        from traza.site import ledger

        with public_change():
            super().save(*args, **kwargs)
            ledger.sync_page(self, was_live=was_live)

    save.alters_data = True  # type: ignore[attr-defined]


class HomePage(TrazaPage):
    """The words of the home page; its figures, map and news come from the rooms."""

    ledger_kind = "home"
    max_count = 1

    headline = models.CharField(
        "encabezado",
        max_length=160,
        blank=True,
        help_text="Vacío: se escribe solo con el nombre del municipio y de la zona.",
    )
    introduction = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]
    subpage_types: ClassVar[list[str]] = ["site.StandardPage", "site.FAQPage", "site.ContactPage"]

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
    parent_page_types: ClassVar[list[str]] = ["site.HomePage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what may be sent to the institute."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "kinds": KINDS}

    def _is_own(self) -> bool:
        return bool(self.slug == CONTACT)

    class Meta:
        verbose_name = "contacto"
        verbose_name_plural = "contacto"
