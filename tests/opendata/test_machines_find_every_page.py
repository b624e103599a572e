"""The sitemap, robots.txt and the catalogue lead machines to everything public."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.site.small_site import build_small_site
from traza.opendata import dumps, sitemap
from traza.publishing.models import Publication

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def published(db: None, home: Path) -> None:
    build_small_site(home)


def locations(client: Client, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address).content)
    return [str(node.text) for node in root.iterfind(".//s:loc", NAMES)]


def test_the_sitemap_lists_both_languages_with_dates(client: Client, published: None) -> None:
    found = locations(client, "/sitemap.xml")

    public = Publication.objects.filter(is_public=True).values_list("path", flat=True)
    for path in public:
        assert f"http://testserver{path}" in found
        assert f"http://testserver/en{path}" in found
    assert len(found) == len(set(found))
    text = client.get("/sitemap.xml").content.decode()
    assert text.count("<lastmod>") == len(found)


def test_every_page_of_the_sitemap_answers(client: Client, published: None) -> None:
    for address in locations(client, "/sitemap.xml"):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_withdrawn_pages_leave_the_sitemap(client: Client, published: None) -> None:
    Publication.objects.filter(path="/terminos/").update(is_public=False)
    assert "http://testserver/terminos/" not in locations(client, "/sitemap.xml")


def test_many_pages_are_cut_into_files(
    client: Client, published: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = locations(client, "/sitemap.xml")
    monkeypatch.setattr(sitemap, "PER_FILE", 3)

    files = locations(client, "/sitemap.xml")

    assert files[0] == "http://testserver/sitemap-1.xml"
    assert len(files) == sitemap.sitemap_files() > 2
    pages = [
        page for file in files for page in locations(client, file.removeprefix("http://testserver"))
    ]
    assert sorted(pages) == sorted(whole)
    assert client.get(f"/sitemap-{len(files) + 1}.xml").status_code == 404


def test_robots_may_read_everything_and_find_the_sitemap(client: Client, db: None) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def read_json(client: Client, address: str) -> Any:
    return json.loads(client.get(address).content)


def test_the_catalogue_has_every_indicator_with_its_files(client: Client, published: None) -> None:
    dumps.build()

    catalogue = read_json(client, "/datos/catalogo.jsonld")

    sets = {one["dct:identifier"]: one for one in catalogue["dcat:dataset"]}
    assert set(sets) == {
        "http://testserver/datos/",
        "http://testserver/indicadores/homicidios/",
        "http://testserver/indicadores/viviendas-con-internet/",
    }
    whole = sets["http://testserver/datos/"]["dcat:distribution"]
    assert {one["dct:title"] for one in whole} == {
        "indicadores.csv.gz",
        "indicadores.parquet",
        "definiciones.csv.gz",
    }
    assert all(one["spdx:checksum"] for one in whole)


def test_the_files_of_the_catalogue_exist(client: Client, published: None) -> None:
    dumps.build()
    for one in read_json(client, "/data.json")["dataset"]:
        for file in one["distribution"]:
            address = file["downloadURL"].removeprefix("http://testserver")
            assert client.get(address).status_code == 200, address


def test_data_json_has_what_harvesters_require(client: Client, published: None) -> None:
    found = read_json(client, "/data.json")["dataset"]
    assert found
    for one in found:
        assert {
            "title", "description", "keyword", "modified", "publisher", "identifier", "accessLevel",
        } <= set(one)  # fmt: skip
        assert one["contactPoint"]["hasEmail"] == "mailto:a@example.org"


def test_the_page_of_open_data_is_a_schema_org_dataset(client: Client, published: None) -> None:
    dumps.build()
    page = client.get("/datos/").content.decode()
    text = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    dataset = json.loads(text)["@graph"][0]
    assert dataset["@type"] == "Dataset"
    assert dataset["distribution"][0]["contentUrl"] == "http://testserver/datos/indicadores.csv.gz"
    assert 'rel="license"' not in page  # the institute gave no address of its licence
