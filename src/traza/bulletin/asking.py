"""What people fill in: which news, how often, to which address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traza.bulletin.models import Frequency, Subscription
from traza.bulletin.queries import offered
from traza.bulletin.streams import BULLETIN, Kind, Stream, read_stream, stream_of
from traza.foundation.public_forms import PublicForm

USUAL = [
    (Frequency.NOW.value, _("Al momento")),
    (Frequency.WEEKLY.value, _("Una vez por semana, los lunes")),
    (Frequency.MONTHLY.value, _("Una vez al mes, el día primero")),
]
LANGUAGES = [("es", "Español"), ("en", "English")]
GROUPS = {
    "followed": _("Lo que se sigue"),
    "bulletin": _("El boletín"),
    "topic": _("Temas"),
    "place": _("Lugares"),
    "section": _("Secciones"),
}


@dataclass(frozen=True)
class Group:
    """Some of what can be followed under a heading: code, name and whether it is chosen.

    ``is_common`` groups are offered to everybody, and folded away until something is chosen.
    """

    heading: Any
    rows: list[tuple[str, str, bool]]
    is_common: bool

    @property
    def has_chosen(self) -> bool:
        """Return whether something of it is chosen."""
        return any(chosen for _code, _name, chosen in self.rows)


class Streams(forms.MultipleChoiceField):
    """Some of what can be followed, each written as in addresses."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, streams: Iterable[Stream], **kwargs: Any) -> None:
        self.by_code = {stream.code: stream for stream in streams}
        super().__init__(
            choices=[(code, stream.name) for code, stream in self.by_code.items()], **kwargs
        )

    def clean(self, value: Any) -> list[Stream]:
        """Return the streams themselves."""
        return [self.by_code[code] for code in super().clean(value)]

    def grouped(self, chosen: Sequence[str]) -> list[Group]:
        """Return what can be chosen by heading, leaving out headings without anything."""
        groups = []
        for group, heading in GROUPS.items():
            rows = [
                (code, stream.name, code in chosen)
                for code, stream in self.by_code.items()
                if stream.group == group
            ]
            if rows:
                groups.append(Group(heading, rows, is_common=group not in ("followed", "bulletin")))
        return groups


class SubscribeForm(PublicForm):
    """What to receive, and where."""

    def __init__(self, *args: Any, asked: Stream | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        streams = [stream for group in offered().values() for stream in group]
        sent: Any = self.data
        named = [read_stream(code) for code in sent.getlist("sigue")[:20]] if self.is_bound else []
        extra = [one for one in [asked, *named] if one is not None and one not in streams]
        self.fields["correo"] = forms.EmailField(
            label=_("Correo"),
            max_length=254,
            error_messages={
                "required": _("Falta escribir el correo."),
                "invalid": _("Este correo no está completo. Debe tener la forma nombre@sitio.mx."),
            },
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        )
        self.fields["sigue"] = Streams(
            dict.fromkeys([*extra, *streams]),
            label=_("Qué recibir"),
            initial=[(asked or BULLETIN).code],
            error_messages={"required": _("Falta elegir qué recibir.")},
        )
        self.fields["frecuencia"] = forms.ChoiceField(
            label=_("Cada cuánto"),
            choices=USUAL,
            initial=Frequency.WEEKLY,
            required=False,
            widget=forms.RadioSelect,
        )

    def groups(self) -> list[Group]:
        """Return what is asked for and the bulletin, with what is chosen now."""
        return [group for group in self._all() if not group.is_common]

    def more_groups(self) -> list[Group]:
        """Return what else can be chosen, with what is chosen now."""
        return [group for group in self._all() if group.is_common]

    def opens_more(self) -> bool:
        """Return whether something of that is chosen, so that it must be seen."""
        return any(group.has_chosen for group in self.more_groups())

    def _all(self) -> list[Group]:
        field: Any = self.fields["sigue"]
        groups: list[Group] = field.grouped([str(value) for value in self["sigue"].value() or []])
        return groups

    def wanted(self) -> list[tuple[Stream, str]]:
        """Return what was chosen, each with how often."""
        often = self.cleaned_data["frecuencia"] or Frequency.WEEKLY
        return [(stream, often) for stream in self.cleaned_data["sigue"]]


class PreferencesForm(forms.Form):
    """How often each thing is told, what else to follow, and in which language."""

    def __init__(self, *args: Any, follows: Sequence[Subscription], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.follows = follows
        known = {stream_of(one) for one in follows}
        for one in follows:
            bulletin = one.stream == Kind.BULLETIN
            self.fields[f"s{one.pk}"] = forms.ChoiceField(
                label=stream_of(one).name,
                choices=[
                    *([(Frequency.ISSUE.value, _("Cada número"))] if bulletin else USUAL),
                    ("", _("No recibirlo más")),
                ],
                initial=one.frequency,
                required=False,
            )
        rest = [stream for group in offered().values() for stream in group if stream not in known]
        self.fields["sigue"] = Streams(rest, label=_("Recibir también"), required=False)
        self.fields["frecuencia"] = forms.ChoiceField(
            label=_("Cada cuánto lo que se agrega"),
            choices=USUAL,
            initial=Frequency.WEEKLY,
            required=False,
        )
        self.fields["idioma"] = forms.ChoiceField(
            label=_("Idioma de los mensajes"), choices=LANGUAGES, required=False
        )

    def kept(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the fields of what is followed, by heading."""
        groups = []
        for group, heading in GROUPS.items():
            rows = [self[f"s{one.pk}"] for one in self.follows if stream_of(one).group == group]
            if rows:
                groups.append((heading, rows))
        return groups

    def groups(self) -> Any:
        """Return what else can be chosen, by heading, with what is chosen now."""
        field: Any = self.fields["sigue"]
        return field.grouped([str(value) for value in self["sigue"].value() or []])

    def frequencies(self) -> dict[int, str]:
        """Return the frequency chosen for each thing that was on the page, "" to stop it."""
        return {
            one.pk: self.cleaned_data[f"s{one.pk}"]
            for one in self.follows
            if f"s{one.pk}" in self.data
        }

    def added(self) -> list[tuple[Stream, str]]:
        """Return what else was chosen, each with how often."""
        often = self.cleaned_data["frecuencia"] or Frequency.WEEKLY
        return [(stream, often) for stream in self.cleaned_data["sigue"]]
