"""One page has one address; strangers' names and parameters neither fill nor poison the store."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store import site
from tests.store.conftest import Ask
from traza.publishing.store.declare import normalise
from traza.publishing.store.hosts import Hosts


def test_unknown_parameters_are_dropped_by_a_redirect(ask: Ask) -> None:
    answer = ask("/?x=1")
    assert (answer.status, answer.headers["Location"]) == (302, "/")


def test_a_form_has_one_address_for_one_question(ask: Ask) -> None:
    answer = ask("/buscar/?pagina=2&x=1&q=agua&tipo=")
    assert (answer.status, answer.headers["Location"]) == (302, "/buscar/?q=agua&pagina=2")
    assert ask("/buscar/?q=agua&pagina=2").text == "buscar agua"


def test_an_empty_form_goes_to_the_bare_address(ask: Ask) -> None:
    assert ask("/buscar/?q=&pagina=").headers["Location"] == "/buscar/"


def test_questions_are_kept_in_memory_never_on_disk(ask: Ask, home: Path) -> None:
    ask("/buscar/?q=ag%C3%BCa")
    assert ask("/buscar/?q=ag%C3%BCa").text == "buscar agüa"
    assert len(site.rendered) == 1
    assert not list((home / "pages").rglob("*.page"))


def test_tracking_parameters_never_reach_a_view(ask: Ask) -> None:
    ask("/")
    assert ask("/?utm_source=carta&fbclid=x").status == 200
    assert ask("/buscar/?q=agua&gclid=1").text == "buscar agua"
    assert site.rendered == ["/", "/buscar/?q=agua"]


def test_a_very_long_query_is_refused(ask: Ask) -> None:
    assert ask("/buscar/?q=" + "a" * 5000).status == 414


@pytest.mark.parametrize(
    "host", ["malo.example", "", "testserver.malo.example", "a b", "testserver:x"]
)
def test_a_stranger_host_is_refused_and_keeps_nothing(ask: Ask, home: Path, host: str) -> None:
    assert ask("/suelta/", host=host).status == 400
    assert not list((home / "pages").rglob("*.page"))


def test_ports_and_case_of_the_host_do_not_multiply_pages(ask: Ask) -> None:
    for host in (
        "testserver",
        "testserver:8000",
        "TESTSERVER:1",
        "uno.ejemplo.mx",
        "dos.ejemplo.mx",
    ):
        assert ask("/suelta/", host=host).status == 200
    assert site.rendered == ["/suelta/"]


def test_nothing_of_the_visitor_reaches_a_kept_page(ask: Ask) -> None:
    answer = ask("/quien/", host="testserver:99", cookie="sesion=1", accept_language="en")
    assert answer.text == "testserver||None"


@given(st.text(max_size=80))
def test_normalising_is_stable(query: str) -> None:
    once = normalise(query, ("q", "b"))
    assert normalise(once, ("q", "b")) == once


@given(st.text(max_size=60))
def test_any_host_header_is_answered(header: str) -> None:
    name = Hosts(["traza.mx"], "https://traza.mx").get(header)
    assert name in {None, "traza.mx"}
