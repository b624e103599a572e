"""Forms of an import: the file, a row, a decision, a value corrected by hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traza.indicators.intake.checks.value import contradictions
from traza.indicators.models import ObsStatus, Series
from traza.indicators.staff.catalogue_forms import FREQUENCIES
from traza.places.models import Place
from traza.places.queries import AmbiguousPlace, UnknownPlace
from traza.stats.numbers import NumberError, parse_number
from traza.stats.periods import Period, PeriodError, parse_period


class SeriesField(forms.CharField):
    """A series searched by typing; the browser proposes from a list, no script needed."""

    widget = forms.TextInput(attrs={"list": "lista-series", "autocomplete": "off"})

    def clean(self, value: Any) -> Series | None:
        """Return the series whose code was typed or chosen."""
        text = super().clean(value)
        if not text:
            return None
        series = Series.objects.filter(code=text.strip()).select_related("indicator", "unit")
        found = series.first()
        if found is None:
            raise ValidationError(
                _(
                    "No hay una serie con la clave «%(code)s». Se escribe parte del nombre y se "
                    "elige."
                ),
                params={"code": text},
            )
        return found


class PlaceField(forms.CharField):
    """A place by name, alias or code, as analysts write it."""

    widget = forms.TextInput(attrs={"list": "lista-lugares", "autocomplete": "off"})

    def clean(self, value: Any) -> Place | None:
        """Return the one place meant, or say which it could be."""
        text = super().clean(value)
        if not text:
            return None
        exact = Place.objects.filter(code__iexact=text.strip()).first()
        if exact is not None:
            return exact
        from traza.indicators.actions import own_resolver

        try:
            return own_resolver().resolve(text)
        except (AmbiguousPlace, UnknownPlace) as error:
            raise ValidationError(str(error)) from error


class PeriodField(forms.CharField):
    """A period as people write it: «2019», «marzo de 2020», «2T2024»."""

    def __init__(self, *args: Any, hint: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hint = hint

    def clean(self, value: Any) -> Period | None:
        """Return the period, or say what forms are understood."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_period(text, hint=self.hint)
        except PeriodError as error:
            raise ValidationError(str(error)) from error


class NumberField(forms.CharField):
    """A number as people write it: «1,234.5», «12 %»."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> float | None:
        """Return the number, or None when left empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_number(text, decimal=".")
        except NumberError as error:
            raise ValidationError(str(error)) from error


class ValueForm(forms.Form):
    """A value and its status, which must agree."""

    value = NumberField(label=gettext_lazy("Valor"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Situación del dato"),
        choices=[(code, label) for code, label in reversed(ObsStatus.choices)],
        initial="A",
    )
    comment = forms.CharField(
        label=gettext_lazy("Comentario público"), required=False, max_length=500
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a figure that says it is missing, a blank that says it is not, another period."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "value" in cleaned and "status" in cleaned:
            series = cleaned.get("series")
            for field, told in contradictions(
                cleaned["value"],
                cleaned["status"],
                period=cleaned.get("period"),
                freq=series.freq if series is not None else "",
            ):
                self.add_error(field, told)
        return cleaned


class RowForm(ValueForm):
    """One row of an import, corrected beside its problem."""

    place = PlaceField(label=gettext_lazy("Lugar"))
    period = PeriodField(label=gettext_lazy("Periodo"))
    field_order = ["place", "period", "value", "status", "comment"]


class CorrectionForm(ValueForm):
    """A single published value, corrected by hand through the same checks and approval."""

    series = SeriesField(label=gettext_lazy("Serie"))
    place = PlaceField(label=gettext_lazy("Lugar"))
    period = PeriodField(label=gettext_lazy("Periodo"))
    field_order = ["series", "place", "period", "value", "status", "comment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].label = _("Por qué cambia (se publica)")
        self.fields["comment"].required = True


class UploadForm(forms.Form):
    """A file on its way in."""

    file = forms.FileField(
        label=gettext_lazy("Archivo"),
        help_text=gettext_lazy("Excel (.xlsx, .xls), OpenDocument (.ods) o CSV."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt,.tsv"}),
        error_messages={
            "required": gettext_lazy("Falta el archivo: se elige o se arrastra aquí."),
            "empty": gettext_lazy("El archivo está vacío. Conviene comprobar que sea el correcto."),
        },
    )
    series = SeriesField(
        label=gettext_lazy("De qué serie son los datos"),
        required=False,
        help_text=gettext_lazy(
            "Se escribe parte del nombre y se elige. Vacío: lo dice una columna del archivo."
        ),
    )
    title = forms.CharField(
        label=gettext_lazy("Título de la entrega"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Se publica con los cambios. Vacío: el nombre del archivo."),
    )
    new_name = forms.CharField(
        label=gettext_lazy("Nombre del indicador"), required=False, max_length=240
    )
    new_unit = forms.CharField(
        label=gettext_lazy("Unidad"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Por ejemplo: personas, porcentaje, casos por cada 100 mil."),
        widget=forms.TextInput(attrs={"list": "lista-unidades", "autocomplete": "off"}),
    )
    new_decimals = forms.IntegerField(
        label=gettext_lazy("Decimales"), required=False, min_value=0, max_value=6, initial=0
    )
    new_source = forms.CharField(
        label=gettext_lazy("Fuente"),
        required=False,
        max_length=240,
        help_text=gettext_lazy("Quién produce los datos."),
        widget=forms.TextInput(attrs={"list": "lista-fuentes", "autocomplete": "off"}),
    )
    new_freq = forms.ChoiceField(
        label=gettext_lazy("Frecuencia"),
        required=False,
        choices=[("", gettext_lazy("La que diga el archivo")), *FREQUENCIES],
    )

    #: The fields of an indicator that does not exist yet.
    NEW = ("new_name", "new_unit", "new_decimals", "new_source", "new_freq")

    @property
    def fields_of_new(self) -> list[forms.BoundField]:
        """Return the fields of a new indicator."""
        return [self[name] for name in self.NEW]

    @property
    def asks_for_new(self) -> bool:
        """Return whether something of a new indicator was written."""
        return self.is_bound and any(self[name].value() for name in ("new_name", "new_unit"))

    def clean(self) -> dict[str, Any]:
        """Refuse a new indicator that is half said, or data for two series at once."""
        cleaned: dict[str, Any] = super().clean() or {}
        said = {name: cleaned.get(name) for name in ("new_name", "new_unit", "new_source")}
        if not any(said.values()):
            return cleaned
        for name, text in said.items():
            if not text and name not in self.errors:
                self.add_error(name, _("Falta: un indicador nuevo lo necesita."))
        if cleaned.get("series") is not None:
            self.add_error(
                "series", _("Los datos van en esta serie o en un indicador nuevo, no en los dos.")
            )
        return cleaned


class NoteForm(forms.Form):
    """A decision that needs a reason."""

    note = forms.CharField(
        label=gettext_lazy("Nota"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Falta la nota: qué hay que corregir.")},
        # Not max_length: with it the browser cuts what is pasted, without saying so.
        validators=[
            MaxLengthValidator(
                2000,
                gettext_lazy("Caben %(limit_value)s caracteres y la nota tiene %(show_value)s."),
            )
        ],
    )
