"""The example is a valid Frictionless data package, small enough to live in the repository."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from frictionless import Checklist, Detector, Package, Resource, system

from tests.demo.tables import LAGUNA, key, table

pytestmark = pytest.mark.pure

LARGE = {"observations", "places"}


def descriptor() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((LAGUNA / "datapackage.json").read_text("utf-8"))
    return found


def test_its_description_is_valid_and_says_how_it_may_be_used() -> None:
    given = descriptor()
    assert not list(Package.metadata_validate({**given}))
    assert given["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert given["licenses"] and given["sources"]
    for resource in given["resources"]:
        assert not list(Resource.metadata_validate({**resource})), resource["name"]


@pytest.mark.parametrize(
    "name", [r["name"] for r in descriptor()["resources"] if r.get("type") == "table"]
)
def test_each_table_keeps_its_schema(name: str) -> None:
    given = next(r for r in descriptor()["resources"] if r["name"] == name)
    # Keys across tables are checked below, in one pass.
    schema = {k: v for k, v in given["schema"].items() if k != "foreignKeys"}
    limit = 3000 if name in LARGE else None
    with system.use_context(trusted=True):
        resource = Resource.from_descriptor(
            {**{k: v for k, v in given.items() if k not in ("hash", "bytes")}, "schema": schema},
            basepath=str(LAGUNA),
            detector=Detector(schema_sync=False),
        )
        report = resource.validate(Checklist(), limit_rows=limit)
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


def test_every_file_is_the_one_described() -> None:
    for resource in descriptor()["resources"]:
        content = (LAGUNA / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    described = {resource["path"] for resource in descriptor()["resources"]}
    present = {str(p.relative_to(LAGUNA)) for p in LAGUNA.rglob("*.*") if p.suffix != ".md"}
    assert present - {"datapackage.json"} == described


def test_every_reference_is_found() -> None:
    known = {
        resource["name"]: {
            (row[resource["schema"]["primaryKey"][0]])
            for row in table(resource["name"].replace("-", "_"))
        }
        for resource in descriptor()["resources"]
        if len(resource.get("schema", {}).get("primaryKey", [])) == 1
    }
    for resource in descriptor()["resources"]:
        for link in resource.get("schema", {}).get("foreignKeys", []):
            target = link["reference"]["resource"] or resource["name"]
            column = link["fields"][0]
            used = {row[column] for row in table(resource["name"].replace("-", "_"))}
            assert used - {""} <= known[target], (resource["name"], column)


def test_no_key_is_given_twice() -> None:
    keys = [key(row) for row in table("observations")]
    assert len(keys) == len(set(keys))


def test_a_value_is_blank_only_where_its_status_says_why() -> None:
    for row in table("observations"):
        assert (row["OBS_VALUE"] == "") == (row["OBS_STATUS"] in "OMLHQK"), row


def test_outlines_belong_to_places_and_are_closed() -> None:
    known = {row["code"]: row["level"] for row in table("places")}
    levels: dict[str, set[str]] = {}
    for file in sorted((LAGUNA / "geo").glob("*.geojson")):
        for feature in json.loads(file.read_text("utf-8"))["features"]:
            code, geometry = feature["properties"]["code"], feature["geometry"]
            levels.setdefault(file.name, set()).add(known[code])
            parts = geometry["coordinates"]
            parts = [parts] if geometry["type"] == "Polygon" else parts
            assert all(ring[0] == ring[-1] and len(ring) > 3 for rings in parts for ring in rings)
    assert levels == {
        "estados.geojson": {"state"},
        "metro.geojson": {"municipality"},
        "municipios.geojson": {"municipality"},
        "paises.geojson": {"country"},
    }


def test_it_fits_in_the_repository() -> None:
    size = sum(p.stat().st_size for p in LAGUNA.rglob("*") if p.is_file())
    assert size <= 20 * 1024 * 1024


def test_addresses_are_of_nobody() -> None:
    """E-mail addresses of the example are example.org, and pages say that they are examples."""
    texts = [p.read_text("utf-8") for p in [*LAGUNA.glob("pages/*.md"), *LAGUNA.glob("*.json")]]
    found = {mail for text in texts for mail in re.findall(r"[\w.]+@([\w.]+)", text)}
    assert found == {"example.org"}
    pages: list[Path] = sorted(LAGUNA.glob("pages/*.md"))
    assert len(pages) == 7
    assert all("ejemplo" in page.read_text("utf-8") for page in pages)
