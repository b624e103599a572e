"""What institutional pages are made of.

``BodyField`` keeps the block definitions out of migrations: they change with the design, the
stored JSON does not.
"""

from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

PROSE_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class QuestionBlock(blocks.StructBlock):
    """A question and its answer; opens and closes without JavaScript."""

    question = blocks.CharBlock(label="Pregunta", max_length=200)
    answer = blocks.RichTextBlock(label="Respuesta", features=PROSE_FEATURES)

    class Meta:
        icon = "help"
        label = "Pregunta"
        template = "traza/site/blocks/question.html"


class NoticeBlock(blocks.StructBlock):
    """A remark set apart from the text."""

    title = blocks.CharBlock(label="Título", max_length=120)
    text = blocks.RichTextBlock(label="Texto", features=PROSE_FEATURES)

    class Meta:
        icon = "info-circle"
        label = "Aviso"
        template = "traza/site/blocks/notice.html"


BODY = [
    (
        "heading",
        blocks.CharBlock(
            label="Subtítulo", icon="title", template="traza/site/blocks/heading.html"
        ),
    ),
    ("text", blocks.RichTextBlock(label="Texto", features=PROSE_FEATURES)),
    ("image", ImageBlock(label="Imagen", template="traza/site/blocks/image.html")),
    ("notice", NoticeBlock()),
    ("question", QuestionBlock()),
]


class BodyField(StreamField):
    """A StreamField of ``BODY`` blocks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(BODY, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field to a migration without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
