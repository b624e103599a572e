"""How to cite an indicator: who publishes it, which version, whose data, where."""

from traza.indicators.queries.reading import Reading
from traza.indicators.queries.versions import Version
from traza.indicators.words import say


def cite(reading: Reading, version: Version | None, url: str, lang: str) -> str:
    """Return the citation of a version of an indicator.

    The institute, the year of the version, the name, the version, whose data, the permanent
    address.
    """
    english = lang == "en"
    name = say(reading.indicator, "name", lang)
    producer = reading.series.source.producer
    year = f" ({version.day.year})" if version else ""
    number = ""
    if version:
        number = f", {'version' if english else 'versión'} {version.number}"
    data = f" [{'data' if english else 'datos'}: {producer}]" if producer else ""
    return f"{reading.institute.name}{year}. {name}{number}{data}. {url}"
