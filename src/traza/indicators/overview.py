"""The addresses of what shows many indicators or many places."""

from collections.abc import Iterable

from django.urls import path

from traza.foundation.models import Institute
from traza.indicators.models import LatestValue
from traza.indicators.queries.territory import own_places
from traza.indicators.views import compare, index, matrix, profile, ranking
from traza.places.models import Level, Place
from traza.publishing.models import Topic
from traza.publishing.registry import PublicPath

urlpatterns = [
    path("indicadores/", index.index, name="indicators"),
    path("indicadores/<slug:slug>/clasificacion/", ranking.ranking, name="ranking"),
    path("indicadores/<slug:slug>/clasificacion.csv", ranking.ranking_file, name="ranking-csv"),
    path("comparar/", compare.compare, name="compare"),
    path("matriz/", matrix.matrix_page, name="matrix"),
    path("matriz/estados/", matrix.matrix_page, {"wider": True}, name="matrix-wider"),
    path("matriz/<slug:code>/", matrix.matrix_page, name="matrix-topic"),
    path(
        "matriz/<slug:code>/estados/",
        matrix.matrix_page,
        {"wider": True},
        name="matrix-topic-wider",
    ),
    *(
        pattern
        for form in ("csv", "xlsx")
        for pattern in (
            path(f"matriz.{form}", matrix.matrix_file, {"form": form}),
            path(f"matriz/estados.{form}", matrix.matrix_file, {"form": form, "wider": True}),
            path(f"matriz/<slug:code>.{form}", matrix.matrix_file, {"form": form}),
            path(
                f"matriz/<slug:code>/estados.{form}",
                matrix.matrix_file,
                {"form": form, "wider": True},
            ),
            path(f"lugares/<str:key>/perfil.{form}", profile.profile_file, {"form": form}),
        )
    ),
]


def public_paths() -> Iterable[PublicPath]:
    """Yield the index, the matrices and the files of the profiles; rankings come when asked for.

    Matrices of tags, and profiles of other places, are made on first request too.
    """
    axes = list(Topic.objects.filter(scheme="axis", axis_indicators__live=True).distinct())
    places = _places_ahead()
    for prefix in ("", "/en"):
        yield PublicPath(f"{prefix}/indicadores/", priority=50)
        for base in (f"{prefix}/matriz", *(f"{prefix}/matriz/{axis.code}" for axis in axes)):
            for stem in (base, f"{base}/estados"):
                yield PublicPath(f"{stem}/", priority=25)
                yield PublicPath(f"{stem}.csv", priority=5)
                yield PublicPath(f"{stem}.xlsx", priority=5)
        for place in places:
            yield PublicPath(f"{prefix}{place.path}perfil.csv", priority=5)
            yield PublicPath(f"{prefix}{place.path}perfil.xlsx", priority=5)


def _places_ahead() -> list[Place]:
    """Return the own places and the states of the country, those with figures."""
    institute = Institute.load()
    own = own_places(institute)
    states = Place.objects.filter(level=Level.STATE, parent__code=institute.country_code)
    listed = [*own.towns, *([own.metro] if own.metro else []), *states]
    having = set(
        LatestValue.objects.filter(place_id__in=[place.pk for place in listed])
        .values_list("place_id", flat=True)
        .distinct()
    )
    return [place for place in listed if place.pk in having]
