"""What an issue is made of: plain words and links, which read the same on paper, mail and page."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.fields import StreamField


def valid_link(link: str) -> None:
    """Refuse what is neither an address of this site nor a safe one elsewhere."""
    fine = link.isprintable() and " " not in link
    if not fine or not (
        link.startswith("https://") or (link.startswith("/") and not link.startswith("//"))
    ):
        raise ValidationError(
            "Debe empezar con «/» si es de este sitio, o con «https://» si es de otro."
        )


class LinkBlock(blocks.CharBlock):
    """An address on this site (``/indicadores/…``) or elsewhere (``https://…``)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": "Dirección",
                "max_length": 300,
                "validators": [valid_link],
                "help_text": "«/indicadores/poblacion/» de este sitio, o «https://…» de otro.",
                **kwargs,
            }
        )


class NoveltyBlock(blocks.StructBlock):
    """One thing that is new: what it is, a sentence about it, and where it is read."""

    title = blocks.CharBlock(label="Título", max_length=300)
    text = blocks.TextBlock(label="Qué hay de nuevo", rows=2, required=False)
    link = LinkBlock()

    class Meta:
        icon = "doc-full"
        label = "Novedad"


class BodyBlock(blocks.StreamBlock):
    """The body of an issue."""

    heading = blocks.CharBlock(label="Encabezado", max_length=120, icon="title")
    text = blocks.TextBlock(
        label="Texto",
        rows=5,
        icon="pilcrow",
        help_text="Una línea en blanco separa los párrafos.",
    )
    novelty = NoveltyBlock()


def body_field() -> StreamField:
    """Return the field in which an issue keeps its body."""
    return StreamField(BodyBlock(), verbose_name="contenido", blank=False)
