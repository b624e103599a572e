"""The form of the institute in the back office: its places must exist."""

from typing import Any

from django.apps import apps
from django.forms import CharField, ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from traza.charts.colour import ColourError, parse_hex

PLACES = ("home_place_code", "metro_code", "country_code", "comparator_codes")


class InstituteForm(WagtailAdminModelForm):
    """Refuses what is no colour, and a code of no place: the site would show nothing for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Longer than a colour, so that what is none is told as it was typed.
        self.fields["accent"] = CharField(label=_("Color de acento"), max_length=30)

    def clean_accent(self) -> str:
        """Return the colour as it is kept: ``#0e5a66``."""
        try:
            return parse_hex(self.cleaned_data["accent"])
        except ColourError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Look every code up."""
        cleaned: dict[str, Any] = super().clean()
        # Territory stands beside this room, so it is named as text.
        known = apps.get_model("places", "Place")._default_manager.all()
        for name in PLACES:
            codes = [code.strip() for code in (cleaned.get(name) or "").split(",") if code.strip()]
            found = set(known.filter(code__in=codes).values_list("code", flat=True))
            missing = [code for code in codes if code not in found]
            if missing:
                self.add_error(
                    name,
                    ValidationError(
                        _(
                            "No hay un lugar con la clave %(codes)s. Las claves están en "
                            "Lugares; se escriben igual, también en mayúsculas."
                        ),
                        params={"codes": ", ".join(f"«{code}»" for code in missing)},
                    ),
                )
        return cleaned
