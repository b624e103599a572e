"""The mapping screen: the first rows of the file, and what each column is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from traza.foundation.staff.permission import needs
from traza.indicators.models import ImportJob
from traza.indicators.staff.imports import queries
from traza.indicators.staff.imports.receive import next_screen
from traza.indicators.staff.imports.steps import advance, told

#: Raw rows shown above the form.
SAMPLE_ROWS = 20
#: What a column may be, in the words of the screen.
ROLES = [
    ("ignore", gettext_lazy("No se usa")),
    ("place", gettext_lazy("Lugar (nombre o clave)")),
    ("state", gettext_lazy("Estado (nombre o clave)")),
    ("municipality", gettext_lazy("Municipio dentro del estado")),
    ("period", gettext_lazy("Periodo")),
    ("year", gettext_lazy("Año")),
    ("month", gettext_lazy("Mes")),
    ("value", gettext_lazy("Valor")),
    ("status", gettext_lazy("Situación del dato")),
    ("comment", gettext_lazy("Comentario")),
    ("series", gettext_lazy("Serie")),
    ("breakdown", gettext_lazy("Desglose")),
    ("lower", gettext_lazy("Límite inferior")),
    ("upper", gettext_lazy("Límite superior")),
]
LAYOUTS = [
    ("long", gettext_lazy("Un valor por renglón")),
    ("areas_by_periods", gettext_lazy("Lugares en renglones, periodos en columnas")),
    ("periods_by_areas", gettext_lazy("Periodos en renglones, lugares en columnas")),
    ("areas_by_breakdown", gettext_lazy("Lugares en renglones, desgloses en columnas")),
]


@dataclass(frozen=True)
class ColumnChoice:
    """One column of the file: its header, what it seems to be, and why."""

    index: int
    header: str
    role: str
    reason: str


@require_http_methods(["GET", "POST"])
@needs("indicators.change_importjob")
def name_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the proposal and take the correction; the same file next time is read that way."""
    job = get_object_or_404(queries.imports_seen(), pk=pk)
    if job.snapshot is None or job.state in {"submitted", "published", "discarded"}:
        return redirect("traza_import", pk)
    said: list[str] = []
    if request.method == "POST":
        with told(request) as said:
            advance(job, _chosen(request, job), user=request.user)
        if not said:
            return redirect(next_screen(job))
    from traza.indicators.intake.sample import sample_rows, sheets_of

    rows: list[tuple[int, list[str]]] = []
    sheets: list[str] = []
    with told(request):
        rows = sample_rows(job, limit=SAMPLE_ROWS)
        sheets = sheets_of(job)
    mapping = chosen_mapping(job, request.POST) if said else job.mapping
    counts = queries.fate_counts(job)
    return render(
        request,
        "traza/indicators/staff/import_columns.html",
        {
            "title": job.title,
            "subtitle": _("Columnas"),
            "icon": "upload",
            "crumbs": [
                (reverse("traza_imports"), _("Importaciones")),
                (reverse("traza_import", args=[job.pk]), job.title),
            ],
            "job": job,
            "way": queries.way_of(job, counts),
            "rows": rows,
            "sheets": sheets,
            "columns": columns_of(mapping),
            "roles": ROLES,
            "layouts": LAYOUTS,
            "layout": mapping.get("layout", ""),
            "reason": mapping.get("reason", ""),
            "header_row": mapping.get("header_row", ""),
            "constants": mapping.get("constants", {}),
            "series": queries.series_choices(),
        },
        status=400 if said else 200,
    )


def _chosen(request: HttpRequest, job: ImportJob) -> Any:
    """Return the mapping that a person chose; none, to be proposed, for another sheet."""
    from traza.indicators.actions import choose_sheet
    from traza.indicators.intake.mapping import Mapping

    sheet = request.POST.get("sheet", job.sheet)
    if sheet != job.sheet:
        choose_sheet(job, sheet, user=request.user)
        return None
    return Mapping.from_json(chosen_mapping(job, request.POST)) if job.mapping else None


def columns_of(mapping: dict[str, Any]) -> list[ColumnChoice]:
    """Return the columns of a mapping as the screen shows them."""
    return [
        ColumnChoice(
            index=column["index"],
            header=str(column.get("header", "")),
            role=column.get("role", "ignore"),
            reason=column.get("reason", ""),
        )
        for column in mapping.get("columns", [])
    ]


def chosen_mapping(job: ImportJob, posted: Any) -> dict[str, Any]:
    """Return the import's mapping with what the person chose in place of what was proposed."""
    mapping = dict(job.mapping)
    known_roles, known_layouts = dict(ROLES), dict(LAYOUTS)
    columns = []
    for column in mapping.get("columns", []):
        role = posted.get(f"columna-{column['index']}", column.get("role", "ignore"))
        changed = role != column.get("role")
        columns.append(
            {
                **column,
                "role": role if role in known_roles else "ignore",
                **({"reason": _("Lo indicó una persona."), "confidence": 1.0} if changed else {}),
            }
        )
    mapping["columns"] = columns
    layout = posted.get("layout", "")
    if layout in known_layouts:
        mapping["layout"] = layout
    header_row = posted.get("header_row", "")
    if header_row.isdecimal():
        mapping["header_row"] = int(header_row)
    constants = dict(mapping.get("constants", {}))
    for name in ("period", "series"):
        constants[name] = posted.get(name, "").strip()
    mapping["constants"] = {name: text for name, text in constants.items() if text}
    return mapping
