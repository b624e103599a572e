"""The directory of offices, and what the law asks to publish."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from traza.foundation.models import Institute
from traza.site.directory_blocks import ObligationsField, OfficesField
from traza.site.models.base import TrazaPage


class DirectoryPage(TrazaPage):
    """The offices of the institute, what each attends to and how it is reached."""

    introduction = models.TextField("introducción", blank=True)
    offices = OfficesField(verbose_name="oficinas", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("offices")]
    template = "traza/site/directory_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["site.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "directorio"
        verbose_name_plural = "directorios"

    def plain_text(self) -> str:
        """Return names and duties, for search."""
        return " ".join([self.introduction, *self._words()])

    def _words(self) -> Iterator[str]:
        for block in self.offices:
            yield f"{block.value['name']} {block.value.get('does') or ''}"
            for post in block.value.get("posts") or ():
                yield f"{post['post']} {post.get('person') or ''}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is said to machines."""
        from traza.site.schema import directory_schema  # beside the other descriptions

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        institute = Institute.load(request_or_site=request)
        return {**context, "schema": directory_schema(self, institute)}


class TransparencyPage(TrazaPage):
    """What the law asks to publish, by matter: where each thing is, or why it is not."""

    introduction = models.TextField("introducción", blank=True)
    matters = ObligationsField(verbose_name="materias", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("matters")]
    template = "traza/site/transparency_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["site.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "transparencia"
        verbose_name_plural = "transparencia"

    def plain_text(self) -> str:
        """Return what is listed, for search."""
        return " ".join([self.introduction, *self._words()])

    def _words(self) -> Iterator[str]:
        for block in self.matters:
            yield str(block.value["title"])
            for one in block.value["items"]:
                yield f"{one['name']} {one.get('about') or ''}"
