"""What stories are made of: words, and live blocks that show published data.

A live block keeps only what was chosen; ``site.live`` draws it when the page is read.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from traza.indicators.models import Indicator
from traza.indicators.queries.reading import MOST_PLACES
from traza.site.blocks import PROSE_FEATURES, NoticeBlock

#: The types of the live blocks.
LIVE = ("chart", "figure", "values", "comparison")
_YEARS = (1500, 2200)


def _places(least: int = 0) -> blocks.ListBlock:
    return blocks.ListBlock(
        SnippetChooserBlock("places.Place", label="Lugar"),
        label="Lugares",
        min_num=least or None,
        max_num=MOST_PLACES,
        default=[],
        help_text="Vacío: los que muestra la página del indicador." if not least else "",
    )


def _indicator() -> SnippetChooserBlock:
    return SnippetChooserBlock("indicators.Indicator", label="Indicador")


class NumberBlock(blocks.IntegerBlock):
    """A whole number that is the same in a form as stored.

    Otherwise a form that nobody touched would count as changed, and who approves as who wrote.
    """

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Return what was typed as a number, None for nothing; nonsense stays to be refused."""
        typed = str(super().value_from_datadict(data, files, prefix) or "").strip()
        return int(typed) if typed.isdecimal() else typed or None


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label="Cita", rows=3)
    source = blocks.CharBlock(label="De quién o de dónde", required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = "Cita"
        template = "traza/site/blocks/quote.html"


class TableBlock(blocks.StructBlock):
    """A small table written or pasted from a spreadsheet."""

    title = blocks.CharBlock(label="Título", max_length=200)
    rows = blocks.TextBlock(
        label="Renglones",
        rows=6,
        help_text=(
            "Un renglón por línea; el primero lleva los encabezados. Las celdas se separan con «|» "
            "o se pegan de una hoja de cálculo."
        ),
    )
    source = blocks.CharBlock(label="Fuente", required=False, max_length=300)

    class Meta:
        icon = "table"
        label = "Tabla escrita"
        template = "traza/site/blocks/table.html"

    def clean(self, value: Any) -> Any:
        """Refuse rows of different lengths, naming the first."""
        cleaned = super().clean(value)
        rows = list(cells(cleaned["rows"]))
        for number, row in enumerate(rows, start=1):
            if len(row) != len(rows[0]):
                message = (
                    f"El renglón {number} tiene {len(row)} celdas y el primero {len(rows[0])}. "
                    "Todos llevan las mismas; una celda vacía se deja entre dos separadores."
                )
                raise StructBlockValidationError({"rows": ErrorList([ValidationError(message)])})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the cells."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        rows = list(cells(value["rows"]))
        return context | {"head": rows[0] if rows else [], "rows": rows[1:]}


def cells(text: str) -> Iterator[list[str]]:
    """Yield the cells of each row that says something."""
    for line in text.splitlines():
        if line.strip(" |\t"):
            mark = "\t" if "\t" in line else "|"
            row = line if mark == "\t" else line.strip().removeprefix("|").removesuffix("|")
            yield [cell.strip() for cell in row.split(mark)]


class DownloadBlock(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label="Archivo")
    title = blocks.CharBlock(label="Cómo se llama", required=False, max_length=200)

    class Meta:
        icon = "download"
        label = "Descarga"
        template = "traza/site/blocks/download.html"


class ChartBlock(blocks.StructBlock):
    """An indicator's chart, drawn from what is published when the page is read."""

    indicator = _indicator()
    picture = blocks.ChoiceBlock(
        label="Dibujo",
        choices=[
            ("lines", "Líneas en el tiempo"),
            ("bars", "Barras de un periodo"),
            ("map", "Mapa"),
        ],
        default="lines",
    )
    places = _places()
    since = NumberBlock(
        label="Desde el año", required=False, min_value=_YEARS[0], max_value=_YEARS[1]
    )
    until = NumberBlock(
        label="Hasta el año", required=False, min_value=_YEARS[0], max_value=_YEARS[1]
    )

    class Meta:
        icon = "view"
        label = "Gráfica de un indicador"


class FigureBlock(blocks.StructBlock):
    """The latest figure of an indicator in one place."""

    indicator = _indicator()
    place = SnippetChooserBlock("places.Place", label="Lugar", required=False)

    class Meta:
        icon = "pick"
        label = "Cifra de un indicador"


class ValuesBlock(blocks.StructBlock):
    """The latest values of an indicator as a table."""

    indicator = _indicator()
    places = _places()
    periods = NumberBlock(label="Cuántos periodos", default=6, min_value=1, max_value=12)

    class Meta:
        icon = "list-ul"
        label = "Tabla de un indicador"


class ComparisonBlock(blocks.StructBlock):
    """Places side by side in the latest period they share."""

    indicator = _indicator()
    places = _places(2)

    class Meta:
        icon = "order"
        label = "Comparación de lugares"


BODY = [
    (
        "heading",
        blocks.CharBlock(
            label="Subtítulo", icon="title", template="traza/site/blocks/heading.html"
        ),
    ),
    ("text", blocks.RichTextBlock(label="Texto", features=PROSE_FEATURES)),
    ("image", ImageBlock(label="Imagen", template="traza/site/blocks/image.html")),
    ("quote", QuoteBlock()),
    ("table", TableBlock()),
    ("download", DownloadBlock()),
    ("notice", NoticeBlock()),
    ("chart", ChartBlock(group="Datos vivos")),
    ("figure", FigureBlock(group="Datos vivos")),
    ("values", ValuesBlock(group="Datos vivos")),
    ("comparison", ComparisonBlock(group="Datos vivos")),
]


class FixedField(StreamField):
    """A StreamField that keeps its blocks out of migrations, as ``BodyField`` does."""

    made_of: list[tuple[str, blocks.Block]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(self.made_of, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field to a migration without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class StoryField(FixedField):
    """The body of a story."""

    made_of = BODY


class StoryPlacesField(FixedField):
    """The places a story is about."""

    made_of = [("place", SnippetChooserBlock("places.Place", label="Lugar", icon="site"))]


def indicators_in(body: Iterable[Any]) -> list[Indicator]:
    """Return the indicators that the live blocks show, each once, in their order."""
    found = {}
    for block in body:
        if block.block_type in LIVE and (one := block.value["indicator"]) is not None:
            found[one.pk] = one
    return list(found.values())
