"""What staff compose the home page of: its sections, and what they feature."""

from typing import Any

from wagtail import blocks

from traza.publishing.registry import registry
from traza.site.story_blocks import FigureBlock, FixedField

#: What may be featured besides the figure of an indicator.
_PAGES = [
    "site.NewsPage",
    "site.AnalysisPage",
    "site.StudyPage",
    "site.MonitorPage",
    "site.EventPage",
    "site.CallPage",
]


def section_choices() -> list[tuple[str, str]]:
    """Return the sections that the rooms offer, in their usual order."""
    return [(one.name, str(one.label or one.name)) for one in registry.home_sections]


class SectionBlock(blocks.StructBlock):
    """A section of the home page, shown or not."""

    which = blocks.ChoiceBlock(label="Sección", choices=section_choices)
    shown = blocks.BooleanBlock(label="Se muestra", required=False, default=True)

    class Meta:
        icon = "list-ul"
        label = "Sección"
        label_format = "{which}"


class FeaturedItems(blocks.StreamBlock):
    """Pages and figures."""

    page = blocks.PageChooserBlock(
        label="Texto, estudio, evento o convocatoria", page_type=_PAGES, icon="doc-full"
    )
    figure = FigureBlock(label="Cifra de un indicador")

    class Meta:
        min_num = 1
        max_num = 6


class FeaturedBlock(blocks.StructBlock):
    """Some things side by side under a title."""

    title = blocks.CharBlock(label="Título", max_length=120)
    items = FeaturedItems(label="Qué se destaca")

    class Meta:
        icon = "pick"
        label = "Destacado"


class HomeField(FixedField):
    """The sections of the home page and what is featured between them."""

    made_of = [("section", SectionBlock()), ("featured", FeaturedBlock())]


def usual() -> list[tuple[str, Any]]:
    """Return the usual composition, for who begins to change it."""
    return [("section", {"which": name, "shown": True}) for name, _label in section_choices()]
