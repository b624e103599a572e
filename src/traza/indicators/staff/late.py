"""Indicators that are late: which, since when, and the list of them all."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from traza.foundation.staff.permission import needs
from traza.foundation.templatetags.traza_dates import long_date
from traza.indicators.grammar import period_of
from traza.indicators.models import Indicator, Observation, Series
from traza.stats.periods import Period, format_period

#: Days that a source is given to publish after its period closes: one more interval, up to a year.
_PATIENCE = 365
PER_PAGE = 50


@dataclass(frozen=True)
class Late:
    """An indicator that is late: the day it was due, whether that day was announced, its newest."""

    indicator: Indicator
    due: date
    announced: bool
    newest: Period | None

    @property
    def reason(self) -> str:
        """Return why it is late, in words."""
        lang = "en" if (get_language() or "").startswith("en") else "es"
        if self.announced:
            said = _("Se anunció para el %(day)s.") % {"day": long_date(self.due)}
        else:
            month = format_period(Period.containing("M", self.due), lang)
            said = _("Se esperaba otro hacia %(month)s.") % {"month": month}
        if self.newest is None:
            return said
        known = _("Último dato: %(period)s") % {"period": format_period(self.newest, lang)}
        return f"{known}; {said[:1].lower()}{said[1:]}"


def late_indicators(today: date) -> list[Late]:
    """Return the indicators that are late, the longest overdue first.

    An indicator is late when the day announced for its next figures is past. Where no day is
    announced, when the newest figure of its principal series is older than the days between two
    updates plus the time its source takes to publish (as many days again, up to a year). One that
    never had figures and announces nothing is not late: there is nothing to count from.
    """
    indicators = list(
        Indicator.objects.filter(is_archived=False, live=True)
        .filter(Q(next_release__isnull=False) | Q(update_days__isnull=False))
        .only("slug", "name", "next_release", "update_days")
    )
    newest = _newest()
    late = []
    for indicator in indicators:
        last = newest.get(indicator.pk)
        due = indicator.next_release
        if due is None and last is not None and indicator.update_days:
            days = indicator.update_days
            due = last.end + timedelta(days=days + min(days, _PATIENCE))
        if due is not None and due < today:
            late.append(Late(indicator, due, indicator.next_release is not None, last))
    return sorted(late, key=lambda one: (one.due, one.indicator.name))


def _newest() -> dict[int, Period]:
    """Return the latest period with a figure of each indicator's principal series, by indicator.

    The last row of each series is sought in the clustered table, none is counted.
    """
    figures = Observation.objects.filter(series=OuterRef("pk"), value__isnull=False)
    last = Subquery(figures.order_by("-period_id").values("period_id")[:1])
    rows = Series.objects.filter(is_headline=True).annotate(last=last)
    return {
        indicator: period_of(key)
        for indicator, key in rows.values_list("indicator_id", "last")
        if key is not None
    }


@require_GET
@needs("indicators.view_indicator")
def late_list(request: HttpRequest) -> HttpResponse:
    """List every indicator that is late, the longest overdue first."""
    late = late_indicators(timezone.localdate())
    return render(
        request,
        "traza/indicators/staff/late_list.html",
        {
            "title": _("Indicadores que van tarde"),
            "icon": "date",
            "card": Indicator.snippet_viewset.get_url_name("edit"),
            "page": Paginator(late, PER_PAGE).get_page(request.GET.get("pagina")),
        },
    )
