"""What the directory of offices and the list of transparency are made of."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from traza.site.story_blocks import FixedField


class PostBlock(blocks.StructBlock):
    """A post of an office; who holds it may be left out."""

    post = blocks.CharBlock(label="Puesto", max_length=160)
    person = blocks.CharBlock(
        label="Quién lo ocupa",
        max_length=160,
        required=False,
        help_text="Puede quedar vacío: el directorio sirve también sin nombres.",
    )
    email = blocks.EmailBlock(
        label="Correo", required=False, help_text="El del puesto, no uno personal."
    )
    phone = blocks.CharBlock(label="Teléfono", max_length=60, required=False)

    class Meta:
        icon = "user"
        label = "Puesto"


class OfficeBlock(blocks.StructBlock):
    """An office: what it attends to, where it is reached, its posts."""

    name = blocks.CharBlock(label="Oficina o área", max_length=160)
    does = blocks.TextBlock(label="Qué atiende", max_length=600, required=False)
    email = blocks.EmailBlock(label="Correo", required=False)
    phone = blocks.CharBlock(label="Teléfono", max_length=60, required=False)
    address = blocks.CharBlock(
        label="Dónde está", max_length=240, required=False, help_text="Si no es el domicilio común."
    )
    hours = blocks.CharBlock(label="Horario", max_length=120, required=False)
    posts = blocks.ListBlock(PostBlock(), label="Puestos", default=[])

    class Meta:
        icon = "group"
        label = "Oficina"


class ObligationBlock(blocks.StructBlock):
    """Something that the law asks to publish: where it is, or why it is not."""

    name = blocks.CharBlock(label="Qué se publica", max_length=250)
    about = blocks.TextBlock(label="Explicación", max_length=600, required=False)
    period = blocks.CharBlock(
        label="Periodo",
        max_length=60,
        required=False,
        help_text="Por ejemplo, «2026, 1er trimestre».",
    )
    document = DocumentChooserBlock(label="Archivo", required=False)
    url = blocks.CharBlock(
        label="Dirección",
        max_length=500,
        required=False,
        help_text="De una página de este sitio («/estudios/») o de otro («https://…»).",
    )
    missing = blocks.CharBlock(
        label="Por qué no está",
        max_length=250,
        required=False,
        help_text="Si no aplica o todavía no se tiene. Se muestra al público.",
    )

    class Meta:
        icon = "doc-full"
        label = "Obligación"

    def clean(self, value: Any) -> Any:
        """Ask for the file, the address or the reason: a bare title tells a reader nothing."""
        cleaned = super().clean(value)
        if not (cleaned["document"] or cleaned["url"] or cleaned["missing"]):
            raise StructBlockValidationError(
                block_errors={
                    "missing": ValidationError(
                        "Falta el archivo o la dirección; si no hay, aquí se dice por qué."
                    )
                }
            )
        if cleaned["url"] and not cleaned["url"].startswith(("/", "https://", "http://")):
            raise StructBlockValidationError(
                block_errors={
                    "url": ValidationError("La dirección empieza con «/», «https://» o «http://».")
                }
            )
        return cleaned


class ObligationsBlock(blocks.StructBlock):
    """Obligations of one matter."""

    title = blocks.CharBlock(label="Materia", max_length=160)
    items = blocks.ListBlock(ObligationBlock(), label="Obligaciones")

    class Meta:
        icon = "list-ul"
        label = "Materia"


class OfficesField(FixedField):
    """The offices of the institute, in the order staff give them."""

    made_of = [("office", OfficeBlock())]


class ObligationsField(FixedField):
    """The obligations by matter."""

    made_of = [("matter", ObligationsBlock())]
