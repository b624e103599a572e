"""Which series a breakdown written in a file means: «Hombres» is the one with SEX=M."""

from traza.indicators.models import Code, Series
from traza.stats.text import fold

_TOTAL = frozenset({"total", "ambos", "ambos sexos", "todos", "t", "_t", "poblacion total"})
#: Other words for the codes every office uses.
_ALSO = {
    ("SEX", "F"): ("mujer", "mujeres", "femenino", "f", "female", "women"),
    ("SEX", "M"): ("hombre", "hombres", "masculino", "m", "male", "men"),
}


class Breakdowns:
    """The sister series of one series, found by the words for their breakdown.

    Sisters share indicator, source, unit and frequency; without a series nothing is found.
    """

    def __init__(self, series: Series | None) -> None:
        self._by_word: dict[str, Series] = {}
        if series is None:
            return
        names = {(c.codelist.code, c.code): c for c in Code.objects.select_related("codelist")}
        sisters = Series.objects.select_related("unit").filter(
            indicator=series.indicator_id,
            source=series.source_id,
            unit=series.unit_id,
            freq=series.freq,
        )
        for sister in sorted(sisters, key=lambda one: len(one.dimensions)):
            for word in self._words(sister, names):
                self._by_word.setdefault(fold(word), sister)

    def find(self, text: str) -> Series | None:
        """Return the series that a breakdown's words mean."""
        return self._by_word.get(fold(text))

    @staticmethod
    def _words(series: Series, names: dict[tuple[str, str], Code]) -> list[str]:
        words = [series.code, series.title]
        if not series.dimensions:
            words += _TOTAL
        elif len(series.dimensions) == 1:
            key = next(iter(series.dimensions.items()))
            words += [key[1], *_ALSO.get(key, ())]
            if key in names:
                words += [names[key].name, names[key].name_en]
        return [word for word in words if word]
