"""What staff fill in when they attend to a message."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traza.foundation.people import full_name_of
from traza.participation.asking import FormWithFiles, add_questions, ask_who
from traza.participation.kinds import Kind
from traza.participation.models import Message


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


class AnswerForm(FormWithFiles):
    """What is answered or asked."""

    kind = forms.ChoiceField(
        label=_("Qué es"),
        choices=[
            ("answer", _("Una respuesta")),
            ("question", _("Una pregunta: hace falta saber algo más para responder")),
        ],
        initial="answer",
        required=False,
    )
    text = forms.CharField(
        label=_("Texto"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Lo lee quien escribió en su página de seguimiento, y por correo si dejó uno. Después "
            "no se cambia."
        ),
        error_messages={"required": _("Falta la respuesta.")},
    )
    field_order = ["kind", "text", "archivos"]


class EntryForm(FormWithFiles):
    """What came by mail, by phone or at the desk, as staff write it down."""

    canal = forms.ChoiceField(
        label=_("Cómo llegó"),
        choices=[one for one in Message.Channel.choices if one[0] != Message.Channel.WEB],
    )
    dia = forms.DateField(
        label=_("Qué día llegó"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
        help_text=_("El plazo cuenta desde ese día."),
        error_messages={
            "required": _("Falta el día."),
            "invalid": _("No es una fecha. Por ejemplo: 2026-03-09."),
        },
    )
    idioma = forms.ChoiceField(
        label=_("En qué idioma se le responde"), choices=[("es", "Español"), ("en", "English")]
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        add_questions(self, kind)
        ask_who(self, required=kind.needs_person)
        self.fields["correo"].help_text = _("Ahí recibe el folio y la respuesta.")
        self.fields["archivos"] = self.fields.pop("archivos")

    def clean_dia(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["dia"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Ese día todavía no llega."))
        if day.year < 2000:
            raise forms.ValidationError(_("Es de hace demasiado tiempo: hay que revisar el año."))
        return day

    def answers(self) -> dict[str, Any]:
        """Return what was said about the matter, without who said it."""
        return {question.name: self.cleaned_data[question.name] for question in self.kind.questions}


class CloseForm(forms.Form):
    """Why it is closed."""

    reason = forms.CharField(
        label=_("Motivo"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lo lee quien escribió: qué se hizo o por qué no se puede hacer."),
        error_messages={"required": _("Falta el motivo: qué se hizo o por qué no se puede.")},
    )
