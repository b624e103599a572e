"""The form of each kind of message."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traza.foundation.public_forms import PublicForm
from traza.participation.kinds import Kind


class MessageForm(PublicForm):
    """What a kind asks, and who writes; the names of the questions are those of the answers."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for question in kind.questions:
            self.fields[question.name] = question.field()
        self.fields["nombre"] = forms.CharField(
            label=_("Nombre") if kind.needs_person else _("Nombre (opcional)"),
            required=kind.needs_person,
            max_length=120,
            error_messages={"required": _("Falta escribir el nombre.")},
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )
        self.fields["correo"] = forms.EmailField(
            label=_("Correo") if kind.needs_person else _("Correo (opcional)"),
            required=kind.needs_person,
            max_length=254,
            help_text=_("La respuesta se lee en la página de seguimiento, se deje o no un correo."),
            error_messages={
                "required": _("Falta escribir el correo."),
                "invalid": _("Este correo no está completo. Debe tener la forma nombre@sitio.mx."),
            },
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        )

    def answers(self) -> dict[str, Any]:
        """Return what was written about the matter, without who wrote it."""
        return {question.name: self.cleaned_data[question.name] for question in self.kind.questions}
