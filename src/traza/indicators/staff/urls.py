"""Addresses of this room's screens below ``/admin/``."""

from django.urls import path

from traza.indicators.staff import releases
from traza.indicators.staff.imports import columns, compare, decide, preview, receive, rows
from traza.indicators.staff.late import late_list
from traza.indicators.staff.search import staff_search

urlpatterns = [
    path("importaciones/", receive.import_list, name="traza_imports"),
    path("importaciones/nueva/", receive.import_new, name="traza_import_new"),
    path("importaciones/<int:pk>/", compare.import_detail, name="traza_import"),
    path("importaciones/<int:pk>/columnas/", columns.name_columns, name="traza_import_columns"),
    path("importaciones/<int:pk>/vista/", preview.preview, name="traza_import_preview"),
    path(
        "importaciones/<int:pk>/renglones/<int:row_pk>/",
        rows.row_change,
        name="traza_import_row",
    ),
    path("importaciones/<int:pk>/renglones/", rows.rows_change, name="traza_import_rows"),
    path("importaciones/<int:pk>/leer/", decide.read_again, name="traza_import_read"),
    path("importaciones/<int:pk>/enviar/", decide.submit, name="traza_import_submit"),
    path("importaciones/<int:pk>/aprobar/", decide.approve, name="traza_import_approve"),
    path("importaciones/<int:pk>/devolver/", decide.send_back, name="traza_import_return"),
    path("importaciones/<int:pk>/descartar/", decide.discard, name="traza_import_discard"),
    path("correcciones/nueva/", receive.correction_new, name="traza_correction_new"),
    path("entregas/", releases.release_list, name="traza_releases"),
    path("entregas/<int:pk>/", releases.release_detail, name="traza_release"),
    path("entregas/<int:pk>/retirar/", releases.release_withdraw, name="traza_release_withdraw"),
    path("atrasados/", late_list, name="traza_late"),
    path("buscar/", staff_search, name="traza_staff_search"),
]
