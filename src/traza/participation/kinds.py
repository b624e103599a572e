"""What may be sent to the institute: for each kind, what is asked and how soon it is answered.

Days are working days. They are the institute's promise, not the law's, except for personal data:
twenty, as the general law on personal data held by public bodies has it.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONG_TEXT = 5000


@dataclass(frozen=True)
class Question:
    """One field of a form; ``choices`` make it a list, ``long`` a box of several lines."""

    name: str
    label: Any
    help: Any = ""
    required: bool = True
    long: bool = False
    box: bool = False
    choices: tuple[tuple[str, Any], ...] = ()

    def field(self) -> forms.Field:
        """Return the form field that asks it."""
        label = self.label
        if not self.required and not self.box:
            label = _("%(label)s (opcional)") % {"label": self.label}
        common: dict[str, Any] = {
            "label": label,
            "help_text": self.help,
            "required": self.required,
            "error_messages": {"required": _("Falta escribir esto.")},
        }
        if self.box:
            return forms.BooleanField(**common)
        if self.choices:
            return forms.ChoiceField(choices=self.choices, **common)
        widget = forms.Textarea(attrs={"rows": 7}) if self.long else forms.TextInput
        return forms.CharField(max_length=LONG_TEXT if self.long else 300, widget=widget, **common)


@dataclass(frozen=True)
class Kind:
    """A kind of message: its address, its name, what it is for, what it asks."""

    slug: str
    name: Any
    about: Any
    days: int
    questions: tuple[Question, ...]
    #: Without a name and an address nobody can be told apart or answered.
    needs_person: bool = False

    @property
    def path(self) -> str:
        """Return the address of its form, without language."""
        return f"/contacto/{self.slug}/"


KINDS = (
    Kind(
        "informacion",
        _("Pedir información"),
        _("Una pregunta sobre el instituto, sus planes, sus estudios o sus cifras."),
        20,
        (Question("texto", _("¿Qué hace falta saber?"), long=True),),
    ),
    Kind(
        "error",
        _("Avisar de un error en un dato"),
        _("Una cifra, una fecha o un nombre que parece equivocado."),
        5,
        (
            Question("pagina", _("Página donde está"), _("Su dirección o su título."), False),
            Question("dice", _("Qué dice"), _("La cifra, el lugar y el periodo."), long=True),
            Question(
                "deberia", _("Qué debería decir y por qué"), _("Si se sabe, con su fuente."),
                False, long=True,
            ),
        ),
    ),
    Kind(
        "datos",
        _("Pedir datos"),
        _("Datos que no están en el sitio, o que hacen falta en otra forma."),
        20,
        (
            Question("texto", _("¿Qué datos hacen falta?"), long=True),
            Question("lugares", _("De qué lugares"), required=False),
            Question("periodo", _("De qué años"), required=False),
        ),
    ),
    Kind(
        "aportacion",
        _("Aportar datos o información"),
        _("Una tabla, un registro o un documento que sirva a la planeación."),
        20,
        (
            Question("titulo", _("Qué es")),
            Question("fuente", _("De dónde viene y de qué fechas es")),
            Question("texto", _("De qué trata y a qué lugar se refiere"), long=True),
            Question(
                "permiso", _("Se puede publicar en este sitio citando de dónde viene"),
                required=False, box=True,
            ),
        ),
    ),
    Kind(
        "estudio",
        _("Compartir un estudio"),
        _("Una investigación, una tesis o un informe que sirva a la planeación."),
        20,
        (
            Question("titulo", _("Título")),
            Question("autoria", _("Quién lo hizo y en qué año")),
            Question("direccion", _("Dónde se puede leer"), _("Su dirección en internet."), False),
            Question("texto", _("De qué trata y a qué lugar se refiere"), long=True),
            Question(
                "permiso", _("Se puede publicar en este sitio citando a quien lo hizo"),
                required=False, box=True,
            ),
        ),
    ),
    Kind(
        "proyecto",
        _("Proponer una idea de proyecto"),
        _("Algo que convendría hacer en un lugar, y para quién."),
        30,
        (
            Question("titulo", _("Nombre de la idea")),
            Question("lugar", _("Dónde"), _("Calle, colonia, ejido o municipio.")),
            Question("texto", _("Qué problema resuelve"), long=True),
            Question("propuesta", _("Qué se propone hacer"), long=True),
            Question("beneficia", _("A quién beneficia"), required=False),
        ),
    ),
    Kind(
        "queja",
        _("Presentar una queja"),
        _("Algo que el instituto hizo mal o dejó de hacer. Puede ser anónima."),
        10,
        (
            Question("texto", _("Qué pasó"), _("Dónde y cuándo, si se recuerda."), long=True),
            Question("espera", _("Qué lo resolvería"), required=False),
        ),
    ),
    Kind(
        "datos-personales",
        _("Ejercer derechos sobre datos personales"),
        _("Acceso, rectificación, cancelación u oposición (derechos ARCO)."),
        20,
        (
            Question(
                "derecho", _("Qué se pide"),
                choices=(
                    ("acceso", _("Acceso: saber qué datos tiene el instituto")),
                    ("rectificacion", _("Rectificación: corregirlos")),
                    ("cancelacion", _("Cancelación: que se borren")),
                    ("oposicion", _("Oposición: que dejen de usarse para algo")),
                ),
            ),
            Question("texto", _("De qué datos se trata"), long=True),
        ),
        needs_person=True,
    ),
)  # fmt: skip
BY_SLUG = {kind.slug: kind for kind in KINDS}
