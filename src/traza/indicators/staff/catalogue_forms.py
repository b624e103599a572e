"""Forms of the catalogue that need more than their fields."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from traza.indicators.models import Code, Observation, Series, Unit
from traza.publishing.models import Topic

FREQUENCIES = [
    ("A", _("Anual")),
    ("S", _("Semestral")),
    ("Q", _("Trimestral")),
    ("M", _("Mensual")),
    ("W", _("Semanal")),
    ("D", _("Diaria")),
]
#: What a series is: once it has figures, another of these is another series.
DEFINITION = ("indicator", "source", "unit", "freq", "breakdown")


class IndicatorForm(WagtailAdminModelForm):
    """An indicator's card: topics as boxes to tick."""

    class Meta:
        widgets = {
            "topics": forms.CheckboxSelectMultiple,
            "related": forms.SelectMultiple(attrs={"size": 8}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topics" in self.fields:
            self.fields["topics"].queryset = Topic.objects.order_by("scheme", "order", "name")
        if "related" in self.fields and self.instance.pk:
            self.fields["related"].queryset = self.fields["related"].queryset.exclude(
                pk=self.instance.pk
            )


class SeriesForm(WagtailAdminModelForm):
    """A series: its breakdown is chosen from the code lists, never typed."""

    breakdown = forms.ModelMultipleChoiceField(
        label=_("Desglose"),
        queryset=Code.objects.select_related("codelist").order_by("codelist__code", "order"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Vacío: el total. A lo más un código de cada lista."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "freq" in self.fields:
            known = dict(FREQUENCIES)
            own = self.instance.freq
            choices = [*FREQUENCIES, *([(own, own)] if own and own not in known else [])]
            self.fields["freq"] = forms.ChoiceField(label=_("Frecuencia"), choices=choices)
        field = self.fields["breakdown"]
        field.label_from_instance = lambda code: f"{code.codelist.name}: {code.name}"
        chosen = self.instance.dimensions or {}
        self.initial["breakdown"] = [
            code.pk for code in field.queryset if chosen.get(code.codelist.code) == code.code
        ]

    def clean_breakdown(self) -> dict[str, str]:
        """Return the breakdown as SDMX writes it: code list to code."""
        dimensions: dict[str, str] = {}
        for code in self.cleaned_data["breakdown"]:
            if code.codelist.code in dimensions:
                raise forms.ValidationError(
                    _(
                        "Hay dos códigos de «%(list)s». Solo puede quedar uno: "
                        "cada código es otra serie."
                    ),
                    params={"list": code.codelist.name},
                )
            dimensions[code.codelist.code] = code.code
        return dimensions

    def clean(self) -> dict[str, Any]:
        """Refuse another definition for a series that already has figures."""
        cleaned: dict[str, Any] = super().clean()
        if self.instance.pk and Observation.objects.filter(series_id=self.instance.pk).exists():
            before = Series.objects.get(pk=self.instance.pk)
            for name in DEFINITION:
                if name not in self.fields or name not in cleaned:
                    continue
                old = before.dimensions if name == "breakdown" else getattr(before, name)
                if cleaned[name] != old:
                    self.add_error(
                        name,
                        _(
                            "La serie ya tiene datos: con otra definición es otra serie. "
                            "Hay que dejar este valor y crear una serie nueva."
                        ),
                    )
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Let the mark of the principal series be taken from another one, which saving does."""
        return {*super()._get_validation_exclusions(), "is_headline"}

    def save(self, commit: bool = True) -> Series:
        """Save with the breakdown chosen; a new principal series takes the place of the former."""
        if self.cleaned_data.get("is_headline"):
            others = Series.objects.filter(indicator=self.cleaned_data["indicator"])
            others.exclude(pk=self.instance.pk).update(is_headline=False)
        self.instance.dimensions = self.cleaned_data["breakdown"]
        return super().save(commit=commit)  # type: ignore[no-any-return]


class UnitForm(WagtailAdminModelForm):
    """A unit: what its figures are multiplied by stays once there are figures."""

    def clean_multiplier(self) -> int:
        """Return the power of ten; refuse another one where there are figures already."""
        chosen: int = self.cleaned_data["multiplier"]
        before = Unit.objects.filter(pk=self.instance.pk).exclude(multiplier=chosen)
        figures = Observation.objects.filter(series__unit_id=self.instance.pk)
        if before.exists() and figures.exists():
            raise forms.ValidationError(
                _(
                    "Ya hay cifras en esta unidad y con otra potencia de diez todas dirían "
                    "otra cosa. Hay que dejar este valor y crear otra unidad."
                )
            )
        return chosen
