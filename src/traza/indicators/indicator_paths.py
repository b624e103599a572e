"""The addresses of each indicator: tabs, other series, files, feed, versions.

Another series of the same indicator lives below it, for good:
``/indicadores/<slug>/series/<code without slug>/`` with the same tabs.
"""

from collections.abc import Iterable

from django.urls import URLPattern, path

from traza.indicators import feeds
from traza.indicators.addresses import TABS, Address
from traza.indicators.exports import views as exports
from traza.indicators.models import IndicatorVersion, Series
from traza.indicators.queries.latest import public_indicators
from traza.indicators.queries.tabs import TabsOfAll
from traza.indicators.views import indicator as pages
from traza.indicators.views import versions
from traza.indicators.words import prefix
from traza.publishing.feeds import NAMES, feed_patterns
from traza.publishing.registry import PublicPath

#: All addresses of an indicator have one priority, so that they are made one after another, from
#: the same values.
_PRIORITY = 5
_OWN = "indicadores/<slug:slug>"
_SERIES = f"{_OWN}/series/<str:key>"


def _tab_patterns() -> Iterable[URLPattern]:
    for base, kind in ((_OWN, "indicator"), (_SERIES, "indicator-series")):
        for tab in TABS:
            name = f"{kind}-{tab}" if tab else kind
            end = f"/{tab}/" if tab else "/"
            yield path(f"{base}{end}", pages.indicator, {"tab": tab}, name=name)
            if tab == "tabla":
                continue
            bare = f"{base}/{tab}" if tab else base
            for image in ("svg", "png"):
                yield path(
                    f"{bare}.{image}",
                    exports.image,
                    {"tab": tab, "kind": image},
                    name=f"{name}-{image}",
                )


urlpatterns: list[URLPattern] = [
    *_tab_patterns(),
    path(f"{_OWN}.csv", exports.csv_file, name="indicator-csv"),
    path(f"{_OWN}.xlsx", exports.xlsx_file, name="indicator-xlsx"),
    path(f"{_OWN}.json", exports.json_file, name="indicator-json"),
    path(f"{_OWN}/tarjeta.png", exports.card, name="indicator-card"),
    *feed_patterns(f"{_OWN}/", feeds.indicator_feed, "indicator-feed"),
    path(f"{_OWN}/versiones/", versions.versions, name="indicator-versions"),
]


def public_paths() -> Iterable[PublicPath]:
    """Yield the pages of both languages and the files; images but the SVG wait to be asked for.

    The English files differ in their words only, and are made on the first request.
    """
    slugs = {pk: found.slug for pk, found in public_indicators().items()}
    series: dict[int, list[Series]] = {}
    rows = Series.objects.filter(indicator__in=list(slugs)).order_by("-is_headline", "code")
    for one in rows:
        series.setdefault(one.indicator_id, []).append(one)
    tabs = TabsOfAll()
    changed = set(
        IndicatorVersion.objects.filter(release__is_initial=False).values_list(
            "indicator_id", flat=True
        )
    )
    for pk, listed in series.items():
        slug = slugs[pk]
        for number, one in enumerate(listed):
            for lang in ("es", "en"):
                address = Address.of(one, slug, lang, principal=number == 0)
                for tab in tabs.of(one.pk):
                    yield PublicPath(address.tab(tab), priority=_PRIORITY)
        for lang in ("es", "en"):
            root = f"{prefix(lang)}/indicadores/{slug}"
            # What was published once has no news yet: its versions wait to be asked for.
            yield PublicPath(f"{root}/versiones/", eager=pk in changed, priority=_PRIORITY)
            # Readers ask for one of the formats; it is rendered then.
            for name in NAMES.values():
                eager = lang == "es" and name == NAMES["atom"]
                yield PublicPath(f"{root}/{name}", eager=eager, priority=_PRIORITY)
        for kind in ("csv", "xlsx", "json", "svg"):
            yield PublicPath(f"/indicadores/{slug}.{kind}", priority=_PRIORITY)
