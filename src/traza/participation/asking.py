"""The form of each kind of message, and the one to add something to it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traza.foundation.attachments.field import FilesField, Sent, names_of, too_much
from traza.foundation.public_forms import PublicForm
from traza.participation.kinds import LONG_TEXT, Kind


class FormWithFiles(forms.Form):
    """A form whose files are named when it comes back: a browser cannot choose them again."""

    archivos = FilesField()

    def __init__(self, *args: Any, dropped: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dropped = dropped

    def clean(self) -> Any:
        """Refuse what the request could not bring whole."""
        if self.dropped:
            self.add_error("archivos", too_much())
        return super().clean()

    def sent_files(self) -> list[Sent]:
        """Return the files that may be kept."""
        return list(self.cleaned_data.get("archivos") or [])

    def lost_files(self) -> list[str]:
        """Return the names of the files that have to be chosen again."""
        if not self.is_bound or not self.errors:
            return []
        return names_of(self.files.getlist("archivos"), self.dropped)


class MessageForm(FormWithFiles, PublicForm):
    """What a kind asks, and who writes; the names of the questions are those of the answers."""

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        add_questions(self, kind)
        ask_who(self, required=kind.needs_person)
        self.fields["correo"].help_text = _(
            "Para recibir ahí el folio y la respuesta, que también se leen en la página de "
            "seguimiento."
        )
        # Last: what was written before it is kept when a file is too large.
        self.fields["archivos"] = self.fields.pop("archivos")

    def answers(self) -> dict[str, Any]:
        """Return what was written about the matter, without who wrote it."""
        return {question.name: self.cleaned_data[question.name] for question in self.kind.questions}


class AdditionForm(FormWithFiles, PublicForm):
    """What whoever wrote adds."""

    texto = forms.CharField(
        label=_("Qué se agrega"),
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Falta escribir esto.")},
    )
    field_order = ["texto", "archivos"]


def add_questions(form: forms.Form, kind: Kind) -> None:
    """Put the questions of a kind into a form."""
    for question in kind.questions:
        form.fields[question.name] = question.field()


def ask_who(form: forms.Form, *, required: bool) -> None:
    """Put name and e-mail into a form."""
    form.fields["nombre"] = forms.CharField(
        label=_("Nombre") if required else _("Nombre (opcional)"),
        required=required,
        max_length=120,
        error_messages={"required": _("Falta escribir el nombre.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    form.fields["correo"] = forms.EmailField(
        label=_("Correo") if required else _("Correo (opcional)"),
        required=required,
        max_length=254,
        error_messages={
            "required": _("Falta escribir el correo."),
            "invalid": _("Este correo no está completo. Debe tener la forma nombre@sitio.mx."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
