"""One CSV and one Parquet of every published value, and one CSV of definitions.

Built after a publication, never in a request: a dump is written beside the current one and takes
its place in one rename, so a reader gets the old or the new file, never half of one.
"""

import csv
import gzip
import hashlib
import io
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from traza.foundation.models import Institute
from traza.indicators.models import Indicator
from traza.publishing.models import Publication, Release
from traza.publishing.revision import current_revision

#: Columns of the table of values: name, type in Parquet, what it holds.
COLUMNS: Sequence[tuple[str, str, Any]] = (
    ("indicator", "string", _("Dirección del indicador: /indicadores/<indicator>/")),
    ("series", "string", _("Serie: una definición (fuente, unidad, frecuencia y desglose)")),
    ("dimensions", "string", _("Desglose en JSON; vacío es el total")),
    (
        "REF_AREA",
        "string",
        _("Clave del lugar: CVEGEO del INEGI, ISO 3166-1 alfa-3 o clave propia"),
    ),
    ("place", "string", _("Nombre del lugar")),
    ("level", "string", _("Nivel del lugar")),
    ("TIME_PERIOD", "string", _("Periodo como lo escribe SDMX")),
    ("period_start", "string", _("Primer día del periodo")),
    ("period_end", "string", _("Último día del periodo")),
    ("FREQ", "string", _("Frecuencia (SDMX CL_FREQ)")),
    ("OBS_VALUE", "double", _("Valor en la unidad de la serie; vacío si no hay dato")),
    ("OBS_STATUS", "string", _("Estado del dato (SDMX CL_OBS_STATUS)")),
    ("UNIT_MEASURE", "string", _("Unidad de medida")),
    ("UNIT_MULT", "int", _("Potencia de diez que multiplica al valor")),
    ("COMMENT_OBS", "string", _("Comentario al dato")),
    ("source", "string", _("Fuente")),
    ("license", "string", _("Licencia")),
    ("release", "int", _("Entrega de datos en que se publicó")),
)
#: Columns of the table of definitions.
DEFINITIONS: Sequence[tuple[str, Any]] = (
    ("indicator", _("Dirección del indicador: /indicadores/<indicator>/")),
    ("name", _("Nombre")),
    ("name_en", _("Nombre en inglés")),
    ("axis", _("Eje")),
    ("tags", _("Temas, separados por una barra")),
    ("definition", _("Qué mide")),
    ("formula", _("Cómo se calcula")),
    ("limits", _("Límites")),
    ("direction", _("Dirección deseada: up, down o none")),
    ("frequency", _("Frecuencia de publicación")),
    ("url", _("Página del indicador")),
)

QUERY = """
SELECT i.slug, s.code, s.dimensions, p.code, p.name, p.level, t.code, t.start, t."end", t.freq,
       o.value, o.status, u.name, u.multiplier, o.comment, f.producer, f.title, f.license,
       o.release_id
FROM indicators_observation o
JOIN indicators_series s ON s.id = o.series_id
JOIN indicators_indicator i ON i.id = s.indicator_id
JOIN indicators_unit u ON u.id = s.unit_id
JOIN indicators_source f ON f.id = s.source_id
JOIN places_place p ON p.id = o.place_id
JOIN foundation_period t ON t.key = o.period_id
WHERE i.live AND NOT i.is_archived AND f.redistributable AND o.conf = 'F'
ORDER BY o.series_id, o.period_id, o.place_id
"""


@dataclass(frozen=True)
class Dump:
    """A file offered for download; ``size`` in bytes, ``rows`` without the header."""

    name: str
    media_type: str
    size: int
    rows: int
    sha256: str


@dataclass(frozen=True)
class DumpSet:
    """The files of one building; ``state`` is what was public then (see ``public_state``)."""

    revision: int
    state: str
    built_at: str
    files: list[Dump]


def folder() -> Path:
    """Return where the dumps are kept."""
    return Path(settings.TRAZA_HOME) / "dumps"


def current() -> DumpSet | None:
    """Return the dumps on offer, or None when none were built yet."""
    try:
        raw = json.loads((folder() / "current" / "dumps.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return None
    files = [Dump(**file) for file in raw["files"]]
    return DumpSet(raw["revision"], raw.get("state", ""), raw["built_at"], files)


def public_state() -> str:
    """Return a text that changes when values or cards of indicators do."""
    indicators = Publication.objects.filter(kind="indicator")
    seen = indicators.aggregate(latest=Max("last_changed"), count=Count("pk"))
    release = Release.objects.aggregate(latest=Max("pk"))["latest"]
    return f"{release}/{seen['count']}/{seen['latest']}"


def path_of(name: str) -> Path | None:
    """Return the file of a dump on offer; None for any other name.

    The file is that of the set on offer now: a later set does not change what is being read.
    """
    dumps = current()
    if dumps is None or name not in {dump.name for dump in dumps.files}:
        return None
    return (folder() / "current").resolve() / name


def build() -> DumpSet:
    """Write every dump anew and put them on offer in one step."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    fresh = place / f"new-{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    fresh.mkdir()
    try:
        revision, state = current_revision(), public_state()
        with override("es-mx"):
            values = _write_values(fresh)
        definitions = _write_definitions(fresh)
        files = [
            _describe(fresh / "indicadores.csv.gz", "text/csv", values),
            _describe(fresh / "indicadores.parquet", "application/vnd.apache.parquet", values),
            _describe(fresh / "definiciones.csv.gz", "text/csv", definitions),
        ]
        dumps = DumpSet(revision, state, datetime.now(UTC).isoformat(timespec="seconds"), files)
        (fresh / "dumps.json").write_text(
            json.dumps(asdict(dumps), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        _put_on_offer(fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return dumps


def _put_on_offer(fresh: Path) -> None:
    """Swap the symbolic link ``current``: the only step that readers can notice."""
    place = folder()
    kept = place / f"set-{fresh.name.removeprefix('new-')}"
    fresh.rename(kept)
    link = place / f"link-{kept.name}"
    link.symlink_to(kept.name)
    link.replace(place / "current")
    for old in sorted(place.glob("set-*"))[:-2]:
        shutil.rmtree(old, ignore_errors=True)


def _rows() -> Iterator[tuple[Any, ...]]:
    own_license = Institute.load().license_name
    # PostgreSQL keeps a cursor only inside a transaction. Reading on SQLite needs none, and under
    # IMMEDIATE it would take the write lock.
    reading = transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
    with reading, connection.chunked_cursor() as cursor:
        cursor.execute(QUERY)
        for row in cursor:
            dimensions = row[2] if isinstance(row[2], str) else json.dumps(row[2])
            source = f"{row[15]}. {row[16]}" if row[16] else row[15]
            yield (
                row[0],
                row[1],
                "" if dimensions in ("{}", "null") else dimensions,
                *row[3:7],
                str(row[7]),
                str(row[8]),
                *row[9:15],
                source,
                row[17] or own_license,
                row[18],
            )


def _write_values(into: Path) -> int:
    import pyarrow as pa  # heavy: only whoever builds dumps loads it
    import pyarrow.parquet as pq

    types = {"string": pa.string(), "double": pa.float64(), "int": pa.int64()}
    schema = pa.schema(
        [
            pa.field(name, types[kind], metadata={"description": str(text)})
            for name, kind, text in COLUMNS
        ]
    )
    count = 0
    with (
        _gzip_text(into / "indicadores.csv.gz") as text,
        pq.ParquetWriter(into / "indicadores.parquet", schema, compression="zstd") as parquet,
    ):
        writer = csv.writer(text)
        writer.writerow([name for name, _kind, _text in COLUMNS])
        batch: list[tuple[Any, ...]] = []
        for row in _rows():
            writer.writerow(row)
            batch.append(row)
            count += 1
            if len(batch) == 50_000:
                parquet.write_table(_table(batch, schema))
                batch.clear()
        if batch or not count:
            parquet.write_table(_table(batch, schema))
    return count


def _table(batch: list[tuple[Any, ...]], schema: Any) -> Any:
    import pyarrow as pa

    columns: Sequence[Sequence[Any]]
    columns = list(zip(*batch, strict=True)) if batch else [()] * len(COLUMNS)
    return pa.table(
        [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)],
        schema=schema,
    )


def _write_definitions(into: Path) -> int:
    count = 0
    with _gzip_text(into / "definiciones.csv.gz") as text:
        writer = csv.writer(text)
        writer.writerow([name for name, _text in DEFINITIONS])
        indicators = Indicator.objects.filter(live=True, is_archived=False)
        for one in indicators.select_related("axis").prefetch_related("topics"):
            tags = "|".join(topic.name for topic in one.topics.all())
            writer.writerow(
                [one.slug, one.name, one.name_en, one.axis.name if one.axis else "", tags,
                 one.definition, one.formula, one.limits, one.direction, one.frequency,
                 f"{settings.TRAZA_BASE_URL}{one.path}"]
            )  # fmt: skip
            count += 1
    return count


def _gzip_text(path: Path) -> io.TextIOWrapper:
    # No time stamp inside: the same data give the same bytes. The mark lets Excel read accents.
    raw = gzip.GzipFile(path, "wb", compresslevel=6, mtime=0)
    return io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")


def _describe(path: Path, media_type: str, rows: int) -> Dump:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return Dump(path.name, media_type, path.stat().st_size, rows, digest.hexdigest())
