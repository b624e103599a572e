"""The catalogue of a data package: institute, topics, units, sources, indicators, series.

What staff have edited since is theirs: a card with a history of its own is left as it is, and a
setting of the institute is filled only while nobody has touched it.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.indicators.intake.package.tables import Package, Row
from traza.indicators.models import Code, Codelist, Indicator, Observation, Series, Source, Unit
from traza.publishing.models import Topic
from traza.stats.numbers import NumberError, parse_number
from traza.stats.period import RANKS

#: Names of the breakdowns every statistics office uses (SDMX cross-domain code lists).
_CODELISTS: dict[str, tuple[str, str, dict[str, tuple[str, str]]]] = {
    "SEX": ("Sexo", "Sex", {"F": ("Mujeres", "Women"), "M": ("Hombres", "Men")}),
    "AGE": ("Edad", "Age", {}),
    "DEGURBA": (
        "Ámbito",
        "Degree of urbanisation",
        {"U": ("Urbano", "Urban"), "R": ("Rural", "Rural")},
    ),
}


def load_institute(package: Package) -> None:
    """Fill the settings of the institute that still hold their default."""
    given = package.institute
    institute = Institute.load()
    names = {
        "name": "name",
        "short_name": "short_name",
        "tagline": "tagline",
        "tagline_en": "tagline_en",
        "accent": "accent",
        "contact_email": "contact_email",
        "address": "address",
        "home_place": "home_place_code",
        "metro": "metro_code",
        "country": "country_code",
    }
    changed = False
    for key, attribute in names.items():
        untouched = getattr(institute, attribute) == Institute._meta.get_field(attribute).default
        blank = not getattr(institute, attribute)
        if given.get(key) and (untouched or blank):
            changed |= getattr(institute, attribute) != str(given[key])
            setattr(institute, attribute, str(given[key]))
    comparators = given.get("comparators")
    if isinstance(comparators, list) and not institute.comparator_codes:
        institute.comparator_codes = ", ".join(str(code) for code in comparators)
        changed = True
    if changed:
        institute.save()


def load_topics(package: Package) -> None:
    """Make or update topics; a parent may come after its children."""
    rows = list(package.rows("topics"))
    for row in rows:
        _upsert(
            row,
            Topic,
            {"code": row["code"]},
            scheme=row["scheme"] or "tag",
            name=row["name"],
            name_en=row["name_en"],
            order=_integer(row, "order", 0),
        )
    known = dict(Topic.objects.values_list("code", "pk"))
    for row in rows:
        if row["parent"]:
            parent = _reference(row, "parent", row["parent"], known, "topics.csv")
            Topic.objects.filter(code=row["code"]).exclude(parent=parent).update(parent=parent)


def load_units(package: Package) -> None:
    """Make or update units."""
    texts = (
        "name_en",
        "symbol",
        "per",
        "per_en",
        "noun",
        "noun_plural",
        "noun_en",
        "noun_plural_en",
    )
    for row in package.rows("units"):
        _upsert(
            row,
            Unit,
            {"code": row["code"]},
            name=row["name"],
            position=_choice(row, "position", ("prefix", "suffix"), "suffix"),
            kind=_choice(row, "kind", Unit.Kind.values, Unit.Kind.OTHER),
            multiplier=_integer(row, "multiplier", 0),
            decimals=_integer(row, "decimals", 0),
            **{name: row[name] for name in texts},
        )


def load_sources(package: Package) -> None:
    """Make or update sources."""
    texts = (
        "producer",
        "title",
        "title_en",
        "citation",
        "url",
        "license",
        "license_url",
        "date_published",
        "note",
    )
    for row in package.rows("sources"):
        _upsert(row, Source, {"code": row["code"]}, **{name: row[name] for name in texts})


def load_indicators(package: Package) -> None:
    """Make indicators, or update those that nobody has edited by hand."""
    rows = list(package.rows("indicators"))
    topics = dict(Topic.objects.values_list("code", "pk"))
    edited = set(
        Indicator.objects.filter(latest_revision__isnull=False).values_list("slug", flat=True)
    )
    texts = ("name", "name_en", "definition", "definition_en", "formula", "limits", "frequency")
    mine = [row for row in rows if row["slug"] not in edited]
    for number, row in enumerate(mine):
        _upsert(
            row,
            Indicator,
            {"slug": row["slug"]},
            axis_id=_reference(row, "axis", row["axis"], topics, "topics.csv")
            if row["axis"]
            else None,
            direction=_choice(row, "direction", Indicator.Direction.values, "none"),
            direction_reviewed=_flag(row, "direction_reviewed"),
            update_days=_days(row, "update_days"),
            next_release=_date(row, "next_release"),
            aggregation=_choice(row, "aggregation", Indicator.Aggregation.values, "none"),
            is_archived=_choice(row, "status", ("published", "archived"), "published")
            == "archived",
            order=_integer(row, "order", number),
            **{name: row[name] for name in texts},
        )
    known = dict(Indicator.objects.values_list("slug", "pk"))
    _link(Indicator.topics.through, "topic_id", mine, "tags", topics, known, "topics.csv")
    _link(
        Indicator.related.through,
        "to_indicator_id",
        mine,
        "related",
        known,
        known,
        "indicators.csv",
    )


def load_series(package: Package) -> None:
    """Make or update series; one that has figures keeps its definition."""
    indicators = dict(Indicator.objects.values_list("slug", "pk"))
    sources = dict(Source.objects.values_list("code", "pk"))
    units = dict(Unit.objects.values_list("code", "pk"))
    known = {series.code: series for series in Series.objects.all()}
    headlines: dict[int, str] = dict(
        Series.objects.filter(is_headline=True).values_list("indicator_id", "code")
    )
    for row in package.rows("series"):
        definition: dict[str, Any] = {
            "indicator_id": _reference(
                row, "indicator", row["indicator"], indicators, "indicators.csv"
            ),
            "source_id": _reference(row, "source", row["source"], sources, "sources.csv"),
            "unit_id": _reference(row, "unit", row["unit"], units, "units.csv"),
            "freq": _frequency(row),
            "dimensions": _dimensions(row),
        }
        before = known.get(row["series"])
        redefined = before is not None and any(
            getattr(before, name) != value for name, value in definition.items()
        )
        if redefined and Observation.objects.filter(series=before).exists():
            raise row.wrong(
                "series",
                _(
                    "«%(code)s» ya tiene cifras con otra definición (indicador, fuente, unidad, "
                    "frecuencia o desglose). Otra definición es otra serie: dale otra clave."
                )
                % {"code": row["series"]},
            )
        headline = _flag(row, "headline")
        owner = definition["indicator_id"]
        if headline and headlines.setdefault(owner, row["series"]) != row["series"]:
            raise row.wrong(
                "headline",
                _("el indicador «%(slug)s» ya tiene «%(code)s» como serie principal.")
                % {"slug": row["indicator"], "code": headlines[owner]},
            )
        _upsert(
            row,
            Series,
            {"code": row["series"]},
            **definition,
            title=row["title"],
            title_en=row["title_en"],
            is_headline=headline,
            decimals=_integer(row, "decimals", 0) if row["decimals"] else None,
            note=row["note"],
            processing=row["processing"],
        )
    _ensure_codelists()


def _ensure_codelists() -> None:
    """Name every breakdown that a series uses."""
    used: dict[str, set[str]] = {}
    for dimensions in Series.objects.exclude(dimensions={}).values_list("dimensions", flat=True):
        for codelist, code in dimensions.items():
            used.setdefault(codelist, set()).add(code)
    for name, codes in sorted(used.items()):
        words, words_en, known = _CODELISTS.get(name, (name, "", {}))
        codelist, _made = Codelist.objects.get_or_create(
            code=name, defaults={"name": words, "name_en": words_en}
        )
        for order, code in enumerate(sorted(codes)):
            label, label_en = known.get(code, (code, ""))
            Code.objects.get_or_create(
                codelist=codelist,
                code=code,
                defaults={"name": label, "name_en": label_en, "order": order},
            )


def _upsert(row: Row, model: type[models.Model], key: dict[str, Any], **values: Any) -> None:
    """Make the row of the database, or change only what differs."""
    manager: Any = model._default_manager
    found = manager.filter(**key).first()
    if found is not None:
        values = {name: value for name, value in values.items() if getattr(found, name) != value}
        if not values:
            return
    made = found or model(**key)
    for name, value in values.items():
        setattr(made, name, value)
    try:
        made.full_clean(validate_unique=False, validate_constraints=False, exclude=_foreign(model))
    except ValidationError as error:
        column, problems = next(iter(error.message_dict.items()))
        raise row.wrong(column, " ".join(problems)) from error
    if found is None:
        manager.bulk_create([made])
    else:
        manager.filter(pk=found.pk).update(**values)


def _foreign(model: type[models.Model]) -> set[str]:
    return {f.name for f in model._meta.get_fields() if isinstance(f, models.ForeignKey)}


def _link(
    through: Any,
    column: str,
    rows: Iterable[Row],
    cell: str,
    targets: dict[str, int],
    indicators: dict[str, int],
    file: str,
) -> None:
    """Make the links of a many-to-many column (keys separated by «|») as the rows say."""
    own = "from_indicator_id" if column == "to_indicator_id" else "indicator_id"
    wanted: set[tuple[int, int]] = set()
    owners = set()
    for row in rows:
        owner = indicators[row["slug"]]
        owners.add(owner)
        for key in filter(None, map(str.strip, row[cell].split("|"))):
            target = _reference(row, cell, key, targets, file)
            wanted.add((owner, target))
            if own == "from_indicator_id":
                wanted.add((target, owner))
    present = {
        (a, b): pk for pk, a, b in through.objects.values_list("pk", own, column) if a in owners
    }
    gone = [pk for pair, pk in present.items() if pair not in wanted]
    if own == "indicator_id":
        through.objects.filter(pk__in=gone).delete()
    through.objects.bulk_create(
        [through(**{own: a, column: b}) for a, b in sorted(wanted - set(present))],
        ignore_conflicts=True,
        batch_size=500,
    )


def _reference(row: Row, column: str, key: str, known: dict[str, int], file: str) -> int:
    found = known.get(key)
    if found is None:
        raise row.wrong(
            column,
            _("«%(key)s» no está en %(table)s ni en la base.") % {"key": key, "table": file},
        )
    return found


def _choice(row: Row, column: str, allowed: Iterable[str], default: str) -> str:
    value = row[column] or default
    if value not in set(allowed):
        raise row.wrong(
            column,
            _("«%(value)s» no se admite. Puede ser: %(allowed)s.")
            % {"value": value, "allowed": ", ".join(allowed)},
        )
    return value


def _integer(row: Row, column: str, default: int) -> int:
    try:
        return int(row[column]) if row[column] else default
    except ValueError:
        raise row.wrong(
            column, _("«%(value)s» no es un número entero.") % {"value": row[column]}
        ) from None


def _days(row: Row, column: str) -> int | None:
    days = _integer(row, column, 0)
    if days < 0:
        raise row.wrong(column, _("«%(value)s» no son días.") % {"value": row[column]})
    return days or None


def _date(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError:
        raise row.wrong(
            column,
            _("«%(value)s» no es una fecha. Se escribe como 2027-03-31.") % {"value": row[column]},
        ) from None


def _flag(row: Row, column: str) -> bool:
    value = row[column].lower()
    if value not in {"", "0", "1", "false", "true"}:
        raise row.wrong(column, _("«%(value)s» no es 0 ni 1.") % {"value": row[column]})
    return value in {"1", "true"}


def _frequency(row: Row) -> str:
    freq = row["freq"]
    if freq not in RANKS and not (freq[:1] == "A" and freq[1:].isdecimal()):
        raise row.wrong(
            "freq",
            _("«%(value)s» no es una frecuencia. Puede ser: %(allowed)s, o A5 para cinco años.")
            % {"value": freq, "allowed": ", ".join(RANKS)},
        )
    return freq


def _dimensions(row: Row) -> dict[str, str]:
    parsed = {}
    for part in filter(None, map(str.strip, row["dimensions"].replace("|", ";").split(";"))):
        codelist, equals, code = part.partition("=")
        if not (codelist.strip() and equals and code.strip()):
            raise row.wrong(
                "dimensions",
                _("«%(part)s» no dice un desglose. Se escribe como SEX=F.") % {"part": part},
            )
        parsed[codelist.strip()] = code.strip()
    return parsed


def number(row: Row, column: str) -> float | None:
    """Return the number of a cell, None when blank; raise the refusal that names the cell."""
    try:
        return float(row[column]) if row[column] else None
    except ValueError:
        pass
    try:
        return parse_number(row[column], decimal=".")
    except NumberError as error:
        raise row.wrong(column, str(error)) from error


STEPS: tuple[tuple[str, Callable[[Package], None]], ...] = (
    ("topics", load_topics),
    ("units", load_units),
    ("sources", load_sources),
    ("indicators", load_indicators),
    ("series", load_series),
)
