"""A reader chooses the places to compare: by name, in one normal address, never joining series."""

import pytest
from django.test import Client

from tests.factories import make_place, observations
from tests.indicators_public.small_indicator import drawing, homicides, rates_of_states, read, words

pytestmark = pytest.mark.django_db
PAGE = "/indicadores/homicidios/"


def test_a_place_added_by_name_leads_to_the_normal_address(client: Client) -> None:
    homicides()
    found = client.get(f"{PAGE}?lugares=05035&lugar=gomez palacio")
    assert found.status_code == 302
    assert found["Location"] == f"{PAGE}?lugares=05035,10007"


def test_places_have_one_order_and_are_named_once(client: Client) -> None:
    homicides()
    found = client.get(f"{PAGE}comparar/?lugares=10007,05035,10007")
    assert found["Location"] == f"{PAGE}comparar/?lugares=05035,10007"
    svg = drawing(client, f"{PAGE}?lugares=05035,10007")
    assert "Torreón" in svg and "Gómez Palacio" in svg and "Lerdo" not in svg


def test_a_chosen_page_is_not_indexed_and_its_canonical_has_no_query(client: Client) -> None:
    homicides()
    page = client.get(f"{PAGE}?lugares=05035").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical" href="http://testserver/indicadores/homicidios/"' in page
    assert "noindex" not in client.get(PAGE).content.decode()


def test_nonsense_in_the_address_is_dropped(client: Client) -> None:
    homicides()
    found = client.get(f"{PAGE}?desde=ayer&periodo=x&nivel=luna&otra=1")
    assert client.get(found["Location"], follow=True).status_code == 200
    assert client.get(f"{PAGE}?desde=ayer", follow=True).request["QUERY_STRING"] == ""


def test_years_narrow_the_chart_and_are_put_in_order(client: Client) -> None:
    homicides()
    found = client.get(f"{PAGE}?desde=2019&hasta=2018")
    assert found["Location"] == f"{PAGE}?desde=2018&hasta=2019"
    assert "2018–2019" in words(client, f"{PAGE}?desde=2018&hasta=2019")


def test_a_name_that_is_no_place_is_told_with_what_it_may_be(client: Client) -> None:
    homicides()
    page = words(client, f"{PAGE}?lugar=Gomes Palasio")
    assert "«Gomes Palasio»" in page and "Gómez Palacio" in page
    assert "No se encuentra «Xyzzy»" in words(client, f"{PAGE}?lugar=Xyzzy")


def test_a_name_of_several_places_offers_each(client: Client) -> None:
    homicides()
    make_place("19019", "San Pedro", parent=make_place("19", "Nuevo León", level="state"))
    make_place("05033", "San Pedro", parent=make_place("05"))
    page = read(client, f"{PAGE}?lugar=San Pedro")
    assert "San Pedro (Nuevo León)" in page and "San Pedro (Coahuila)" in page
    assert "lugares=05017,05033,05035,10007,10012,zml" in page


def test_more_than_eight_places_are_not_drawn(client: Client) -> None:
    homicides()
    codes = [f"990{number:02}" for number in range(9)]
    for code in codes:
        make_place(code)
    page = client.get(f"{PAGE}?lugares={','.join(codes)}")
    assert page.status_code == 302 and page["Location"].count(",") == 7


def test_a_place_of_another_series_is_refused_with_a_link_to_that_series(client: Client) -> None:
    series = homicides()
    rates_of_states(series.indicator)
    page = read(client, f"{PAGE}?lugares=05035,MEX")
    assert "No se agregó: México" in page
    assert "otra unidad y otra fuente" in page
    assert "/indicadores/homicidios/series/defunciones.tasa/?lugares=MEX" in page
    assert "México" not in drawing(client, f"{PAGE}?lugares=05035,MEX")


def test_all_the_places_refused_share_one_notice(client: Client) -> None:
    series = homicides()
    rates_of_states(series.indicator)
    page = read(client, f"{PAGE}?lugares=05,05035,MEX,WLD")
    assert "No se agregó: Coahuila, México y Mundo" in page
    assert page.count("notice-warning") == 1
    assert "series/defunciones.tasa/?lugares=05,MEX" in page
    unknown = read(client, f"{PAGE}?lugares=05035,xxx,yyy")
    assert unknown.count("notice-warning") == 1 and "«xxx» y «yyy»" in unknown


def test_only_a_place_of_another_series_still_shows_this_one(client: Client) -> None:
    series = homicides()
    rates_of_states(series.indicator)
    page = read(client, f"{PAGE}?lugares=MEX")
    assert "No se agregó: México" in page and "Torreón" in page


def test_a_code_that_means_nothing_is_told(client: Client) -> None:
    homicides()
    assert "No hay ningún lugar con la clave «zzz»" in words(client, f"{PAGE}?lugares=05035,zzz")


def test_what_the_usual_comparison_lacks_is_said_without_being_asked(client: Client) -> None:
    series = homicides()
    rates_of_states(series.indicator)
    page = words(client, PAGE)
    assert "Esta serie no tiene datos de Coahuila ni México." in page
    assert "Otra serie sí tiene Coahuila y México: Tasa de estados y país" in page


def test_a_place_can_be_taken_away(client: Client) -> None:
    homicides()
    page = client.get(f"{PAGE}?lugares=05035,10007").content.decode()
    assert f'href="{PAGE}?lugares=05035"' in page


def test_two_periods_are_never_compared_without_saying_so(client: Client) -> None:
    series = homicides()

    observations(series, {"05035": {"2020": 100}, "10007": {"2020": 60}, "zml": {"2020": 200}})
    svg = drawing(client, f"{PAGE}comparar/?periodo=2020")
    assert "(2019)" in svg and "Dato de otro periodo" in svg
