"""What staff fill in when they attend to a message."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from traza.foundation.people import full_name_of


def attendants() -> Any:
    """Return the people who may attend to messages."""
    return (
        get_user_model()
        ._default_manager.with_perm(
            "participation.answer_message",
            backend="django.contrib.auth.backends.ModelBackend",
            include_superusers=True,
        )
        .order_by("username")
    )


class AssignForm(forms.Form):
    """In whose hands it is."""

    person: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("A cargo de"), queryset=None, required=False, empty_label=_("Nadie todavía")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = attendants()  # type: ignore[attr-defined]
        field.label_from_instance = full_name_of  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What is answered."""

    text = forms.CharField(
        label=_("Respuesta"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("La lee quien escribió, en su página de seguimiento. Después no se cambia."),
        error_messages={"required": _("Falta la respuesta.")},
    )


class CloseForm(forms.Form):
    """Why it is closed."""

    reason = forms.CharField(
        label=_("Motivo"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lo lee quien escribió: qué se hizo o por qué no se puede hacer."),
        error_messages={"required": _("Falta el motivo: qué se hizo o por qué no se puede.")},
    )


class NoticeForm(forms.Form):
    """A new wording of the short privacy notice."""

    text = forms.CharField(
        label=_("Aviso"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Falta el texto del aviso.")},
    )
    text_en = forms.CharField(
        label=_("Aviso en inglés"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Vacío: en inglés se muestra el aviso en español."),
    )
