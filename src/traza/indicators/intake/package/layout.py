"""The tables a data package may hold, and the columns of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """A table: columns it must have, columns it may have, and which of them may not be blank."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


def _layout(required: str, optional: str = "", *, filled: str = "") -> Layout:
    return Layout(tuple(required.split()), tuple(optional.split()), tuple(filled.split()))


LAYOUTS = {
    "places": _layout(
        "code level name",
        "name_en parent valid_from valid_to population population_period area_km2 lon lat",
        filled="code level name",
    ),
    "place_names": _layout("code name", "kind lang", filled="code name"),
    "memberships": _layout("group member", "valid_from valid_to source", filled="group member"),
    "topics": _layout("code name", "scheme parent name_en order", filled="code name"),
    "units": _layout(
        "code name",
        "name_en symbol position kind multiplier decimals per per_en noun noun_plural noun_en "
        "noun_plural_en",
        filled="code name",
    ),
    "sources": _layout(
        "code producer",
        "title title_en citation url license license_url date_published note",
        filled="code producer",
    ),
    "indicators": _layout(
        "slug name",
        "name_en definition definition_en formula axis tags unit decimals direction "
        "direction_reviewed frequency update_days next_release status aggregation limits order "
        "related",
        filled="slug name",
    ),
    "series": _layout(
        "series indicator source unit freq",
        "dimensions title title_en headline decimals note processing",
        filled="series indicator source unit freq",
    ),
    "observations": _layout(
        "series TIME_PERIOD REF_AREA OBS_VALUE",
        "OBS_STATUS COMMENT_OBS",
        filled="series TIME_PERIOD REF_AREA",
    ),
    "observations_alternate": _layout(
        "series TIME_PERIOD REF_AREA OBS_VALUE",
        "OBS_STATUS COMMENT_OBS reason",
        filled="series TIME_PERIOD REF_AREA OBS_VALUE",
    ),
    "observations_previous": _layout(
        "series TIME_PERIOD REF_AREA OBS_VALUE vintage",
        "OBS_STATUS COMMENT_OBS",
        filled="series TIME_PERIOD REF_AREA vintage",
    ),
    "redirects": _layout("old_slug new_slug", filled="old_slug new_slug"),
    "archive": _layout("kind title", "kind_en date url topics note", filled="kind title"),
}
