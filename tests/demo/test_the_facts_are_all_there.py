"""Every name, number, date, unit and source of the facts is in the example."""

import csv
import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from demo.compile.facts import words
from tests.demo.tables import LAGUNA, table, values
from tests.shared import shared_file

pytestmark = pytest.mark.pure

PLACES = {"ZML": "zml", "00": "MEX"}


def facts(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with shared_file(f"facts/{name}").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_indicators_with_observations_are_shown_and_the_others_archived() -> None:
    given = {row["slug"]: row for row in facts("indicators.csv")}
    measured = {row["indicator_slug"] for row in facts("observations.csv")}
    status = {row["slug"]: row["status"] for row in table("indicators")}
    assert set(given) <= set(status)
    assert {slug for slug in given if status[slug] == "published"} == measured
    assert Counter(status[slug] for slug in given) == {"published": 525, "archived": 115}
    names = {row["slug"]: row["name"] for row in table("indicators")}
    assert all(names[slug] == row["name"] for slug, row in given.items())


def test_no_observation_is_lost() -> None:
    """Each number stands as a current value or an alternate of its indicator, place and source."""
    sources = {row["fact"]: row["code"] for row in words("sources")}
    owner = {row["series"]: (row["indicator"], row["source"]) for row in table("series")}
    stored = {
        (*owner[row["series"]], row["REF_AREA"], row["TIME_PERIOD"][:4], float(row["OBS_VALUE"]))
        for name in ("observations", "observations_alternate")
        for row in table(name)
        if row["OBS_VALUE"]
    }
    lost = [
        row
        for row in facts("observations.csv")
        if row["value"]
        and (
            row["indicator_slug"],
            sources[row["source"]],
            PLACES.get(row["region_code"], row["region_code"]),
            row["period"][:4],
            float(row["value"]),
        )
        not in stored
    ]
    assert lost == []


def test_words_in_place_of_numbers_became_statuses() -> None:
    said = Counter(row["raw_text"] for row in facts("observations.csv") if row["raw_text"])
    assert sum(said.values()) == 54
    blank = Counter(row["OBS_STATUS"] for row in table("observations") if not row["OBS_VALUE"])
    # One «ND» has a number beside it for the same key: the number stands and tells of the word.
    told = [row for row in table("observations") if "también dice «" in row["COMMENT_OBS"]]
    assert blank == {"L": said["No tiene"], "O": said["ND"] + said["No disponible"] - 1}
    assert len(told) == 1


def test_earlier_values_are_vintages() -> None:
    given = facts("observations_revisions.csv")
    kept = table("observations_previous")
    assert len(given) == len(kept) == 136
    assert Counter(float(row["old_value"]) for row in given) == Counter(
        float(row["OBS_VALUE"]) for row in kept
    )


def test_accepted_aliases_are_redirects() -> None:
    accepted = {
        row["old_slug"]: row["candidate_slug_2021"]
        for row in facts("slug_aliases.csv")
        if row["accepted"] == "yes"
    }
    assert len(accepted) == 15
    assert accepted == {row["old_slug"]: row["new_slug"] for row in table("redirects")}


def test_tags_units_and_sources_are_all_there() -> None:
    topics = table("topics")
    tags = {row["name"] for row in topics if row["scheme"] == "tag"}
    assert tags == {row["tag"] for row in facts("tags.csv")}
    assert len(tags) == 34
    assert len([row for row in topics if row["scheme"] == "axis"]) == 5
    assert {row["source"] for row in facts("sources.csv")} <= {
        row["producer"] for row in table("sources")
    }
    known = {row["fact"] for row in words("units")}
    assert {row["unit"] for row in facts("units.csv")} <= known
    assert {row["effective_unit"] for row in facts("observations.csv")} <= known


def test_a_changed_unit_is_another_series() -> None:
    changed = {
        (row["indicator_slug"], row["effective_unit"])
        for row in facts("observations.csv")
        if row["effective_unit"] != row["unit"]
    }
    codes = {row["fact"]: row["code"] for row in words("units")}
    series = {(row["indicator"], row["unit"]) for row in table("series")}
    assert changed
    assert {(slug, codes[unit]) for slug, unit in changed} <= series


def test_every_municipality_and_state_is_there_with_its_population() -> None:
    levels = Counter(row["level"] for row in table("places"))
    assert (levels["municipality"], levels["state"], levels["metro"]) == (2475, 32, 1)
    counted = [row for row in table("places") if row["level"] == "municipality"]
    assert sum(1 for row in counted if row["population"]) == 2469
    suffix = {"_T": "", "F": ".mujeres", "M": ".hombres"}
    given = facts("mexico/municipal-population.csv")
    assert len(given) == 29862
    for row in given:
        place = "MEX" if row["level"] == "country" else row["cvegeo"]
        series = f"sociedad-poblacion-total.inegi-censo.personas.a{suffix[row['sex']]}"
        assert values(series)[row["year"], place] == float(row["population"])


def test_homicides_of_the_states_are_those_of_the_source() -> None:
    counts = values("seguridad-homicidios.defunciones.homicidios.m")
    rates = values("seguridad-homicidios.defunciones.homicidios-por-100-mil-anualizada.m")
    for row in facts("mexico/state-month-homicides-2000-2022.csv", "|"):
        key = f"{row['year']}-{int(row['month']):02d}", row["cve_ent"]
        assert counts[key] == float(row["homicides"])
        assert rates[key] == pytest.approx(float(row["homicide_rate"]), abs=1e-4)


def test_countries_are_told_from_their_groups() -> None:
    level = {row["code"]: row["level"] for row in table("places")}
    codes = {row["Country Code"] for row in facts("world/population.csv")}
    assert codes <= set(level)
    assert level["WLD"] == "world" and level["MEX"] == "country"
    assert all(level[code] == "group" for code in ("LCN", "OED", "HIC", "ARB", "EUU"))
    people = values("sociedad-poblacion-total.banco-mundial-poblacion.personas.a")
    for year in ("1960", "2020"):
        countries = sum(
            n for (y, code), n in people.items() if y == year and level[code] == "country"
        )
        assert countries == pytest.approx(people[year, "WLD"], rel=0.01)


def test_no_file_is_a_copy_of_the_facts() -> None:
    source: Path = shared_file("facts")
    theirs = {hashlib.sha256(p.read_bytes()).digest() for p in source.rglob("*") if p.is_file()}
    ours = {hashlib.sha256(p.read_bytes()).digest() for p in LAGUNA.rglob("*") if p.is_file()}
    assert not theirs & ours


def test_a_date_within_its_period_is_kept_in_the_comment() -> None:
    row = next(
        row
        for row in facts("observations.csv")
        if row["indicator_slug"] == "economia-permiso-de-construccion"
        and date.fromisoformat(row["period"]) == date(2013, 10, 31)
    )
    kept = next(
        own
        for own in table("observations")
        if own["series"].startswith(f"{row['indicator_slug']}.") and own["TIME_PERIOD"] == "2013"
    )
    assert "31 de octubre de 2013" in kept["COMMENT_OBS"]


def test_every_title_published_before_is_in_the_archive() -> None:
    given = facts("publications_index.csv")
    listed = table("archive")
    assert len(listed) == len(given) == 670
    assert Counter(" ".join(row["title"].split()) for row in given) == Counter(
        row["title"] for row in listed
    )
    assert {row["date"][:4] for row in given} == {row["date"][:4] for row in listed}
    assert sum(1 for row in listed if row["url"]) > 650
