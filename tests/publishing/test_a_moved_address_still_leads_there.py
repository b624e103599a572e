"""Links that people kept keep working, in one step, in both languages."""

import pytest
from django.test import Client

from traza.publishing.actions import add_redirect
from traza.publishing.models import Redirect
from traza.publishing.redirection import RedirectLoop
from traza.publishing.redirects import RedirectMiddleware  # noqa: F401 - registered in settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.publishing.urls")]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/indicadores/vieja/", "/indicadores/nueva/"),
        ("/indicadores/vieja/?utm=1", "/indicadores/nueva/"),
        ("/en/indicadores/vieja/", "/en/indicadores/nueva/"),
        ("/indicadores/vieja/tabla.csv", "/indicadores/nueva/tabla.csv"),
        ("/indicadores/vieja/comparar/", "/indicadores/nueva/comparar/"),
        ("/indicadores/vieja", "/indicadores/nueva/"),
    ],
)
def test_a_former_address_answers_with_the_present_one(
    client: Client, asked: str, answered: str
) -> None:
    add_redirect("/indicadores/vieja/", "/indicadores/nueva/")

    response = client.get(asked)

    assert (response.status_code, response["Location"]) == (301, answered)


@pytest.mark.parametrize("asked", ["/nada/", "/", "/en/", "/%00/", "/" + "x" * 500, "//x.org/"])
def test_what_never_was_is_not_found(client: Client, asked: str) -> None:
    add_redirect("/indicadores/vieja/", "/indicadores/nueva/")

    assert client.get(asked).status_code == 404


def test_what_lives_is_never_redirected(client: Client) -> None:
    add_redirect("/indicadores/vive/", "/indicadores/otra/")

    assert client.get("/indicadores/vive/").status_code == 200


def test_chains_collapse() -> None:
    add_redirect("/a/", "/b/")
    add_redirect("/b/", "/c/")
    add_redirect("/z/", "/a/")

    assert set(Redirect.objects.values_list("old_path", "new_path")) == {
        ("/a/", "/c/"),
        ("/b/", "/c/"),
        ("/z/", "/c/"),
    }


def test_loops_are_refused() -> None:
    add_redirect("/a/", "/b/")

    with pytest.raises(RedirectLoop):
        add_redirect("/b/", "/a/")
    with pytest.raises(RedirectLoop):
        add_redirect("/b/", "/b/")


@pytest.mark.parametrize("path", ["", "sin-barra/", "https://x.org/", "//x.org/"])
def test_only_addresses_of_this_site(path: str) -> None:
    with pytest.raises(ValueError, match="no es una dirección"):
        add_redirect("/a/", path)
