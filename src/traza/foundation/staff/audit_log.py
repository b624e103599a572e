"""The audit as a list that is read, filtered and exported, never written."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from traza.foundation.models import AuditEntry
from traza.foundation.staff.audit_words import describe, detail_text


def _people(_request: Any) -> Any:
    return get_user_model()._default_manager.order_by("username")


class AuditFilters(WagtailFilterSet):
    """Who, what, about what, when."""

    actor = django_filters.ModelChoiceFilter(label=_("Quién"), queryset=_people)
    action = django_filters.ChoiceFilter(label=_("Qué hizo"), choices=[])
    target_label = django_filters.CharFilter(label=_("Sobre qué"), lookup_expr="icontains")
    at = django_filters.DateFromToRangeFilter(label=_("Cuándo"), widget=DateRangePickerWidget)

    class Meta:
        model = AuditEntry
        fields = ["actor", "action", "target_label", "at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct()
        self.filters["action"].extra["choices"] = [(action, describe(action)) for action in known]


class AuditLog(ReportView):
    """What people and the system did, newest first."""

    model = AuditEntry
    page_title = _("Bitácora")
    header_icon = "history"
    permission_policy = ModelPermissionPolicy(AuditEntry)
    permission_required = "view"
    any_permission_required = ["view"]
    filterset_class = AuditFilters
    index_url_name = "traza_audit_log"
    index_results_url_name = "traza_audit_log_results"
    columns = [
        Column("at", label=_("Cuándo"), accessor=lambda entry: _when(entry), width="16%"),
        Column("who", label=_("Quién"), accessor=lambda entry: entry.actor_name, width="14%"),
        Column("what", label=_("Qué hizo"), accessor=lambda entry: describe(entry.action)),
        Column("target", label=_("Sobre qué"), accessor=lambda entry: entry.target_label),
        Column("detail", label=_("Detalle"), accessor=lambda entry: detail_text(entry.detail)),
    ]
    list_export = [
        "at",
        "actor_name",
        "action",
        "target_type",
        "target_id",
        "target_label",
        "detail",
    ]
    export_headings = {
        "at": _("Cuándo"),
        "actor_name": _("Quién"),
        "action": _("Qué hizo"),
        "target_type": _("Clase"),
        "target_id": _("Número"),
        "target_label": _("Sobre qué"),
        "detail": _("Detalle"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.custom_field_preprocess = {
            **ReportView.custom_field_preprocess,
            "detail": {self.FORMAT_CSV: detail_text, self.FORMAT_XLSX: detail_text},
            "action": {self.FORMAT_CSV: describe, self.FORMAT_XLSX: describe},
        }

    def get_queryset(self) -> QuerySet[AuditEntry]:
        """Return every entry, newest first."""
        return AuditEntry.objects.order_by("-at", "-id")

    def get_filename(self) -> str:
        """Name the exported file."""
        return "bitacora"


def _when(entry: AuditEntry) -> str:
    return date_format(timezone.localtime(entry.at), "j M Y, H:i")
