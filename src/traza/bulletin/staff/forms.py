"""What staff fill in: people to enter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traza.bulletin.actions import MOST_ENTERED
from traza.bulletin.asking import LANGUAGES, USUAL, Streams
from traza.bulletin.models import Frequency, Subscriber
from traza.bulletin.queries import offered
from traza.bulletin.streams import BULLETIN, Stream


class EntryForm(forms.Form):
    """People who asked otherwise for mail, one in each line."""

    correos = forms.CharField(
        label=_("Correos, uno por renglón"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_(
            "Solo de quienes lo pidieron. A cada persona le llega la carta para confirmar: sin "
            "eso no recibe nada."
        ),
        error_messages={"required": _("Falta al menos un correo.")},
    )
    canal = forms.ChoiceField(
        label=_("Cómo lo pidieron"),
        choices=[one for one in Subscriber.Channel.choices if one[0] != Subscriber.Channel.WEB],
    )
    frecuencia = forms.ChoiceField(
        label=_("Cada cuánto"), choices=USUAL, initial=Frequency.WEEKLY, required=False
    )
    idioma = forms.ChoiceField(label=_("En qué idioma se le escribe"), choices=LANGUAGES)
    field_order = ["correos", "canal", "sigue", "frecuencia", "idioma"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sigue"] = Streams(
            [stream for group in offered().values() for stream in group],
            label=_("Qué pidieron recibir"),
            initial=[BULLETIN.code],
            error_messages={"required": _("Falta elegir qué recibirán.")},
        )
        self.order_fields(self.field_order)

    def clean_correos(self) -> list[str]:
        """Return the lines that say something."""
        lines = [line for line in self.cleaned_data["correos"].splitlines() if line.strip()]
        if len(lines) > MOST_ENTERED:
            raise forms.ValidationError(
                _("Son %(n)s renglones; de una vez se anotan hasta %(most)s.")
                % {"n": len(lines), "most": MOST_ENTERED}
            )
        return lines

    def wanted(self) -> list[tuple[Stream, str]]:
        """Return what they asked for, each with how often."""
        often = self.cleaned_data["frecuencia"] or Frequency.WEEKLY
        return [(stream, often) for stream in self.cleaned_data["sigue"]]
