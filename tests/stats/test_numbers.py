"""Numbers are read whatever the decimal mark and written as Mexico writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traza.stats import (
    NumberError,
    UnitFormat,
    detect_decimal,
    format_change,
    format_number,
    format_value,
    humanize_big,
    parse_number,
    status_of_text,
)

NB = "\u00a0"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1 234", 1234),
        (f"1{NB}234", 1234),
        ("1'234.5", 1234.5),
        ("$ 1,234,567", 1234567),
        ("12 %", 12),
        ("(1,234.0)", -1234),
        ("−3", -3),
        ("-3.5", -3.5),
        ("1.2e3", 1200),
        (7, 7.0),
        ("", None),
        (None, None),
        ("  ", None),
    ],
)
def test_reading(text, value):
    assert parse_number(text) == value


def test_the_column_decides_what_a_comma_is():
    assert detect_decimal(["1,234", "1,234.5"]) == "."
    assert detect_decimal(["1,234", "12,5"]) == ","
    assert detect_decimal(["1,234", "2,345"]) is None
    assert parse_number("1,234", decimal=".") == 1234
    assert parse_number("1,234", decimal=",") == 1.234


@pytest.mark.parametrize("text", ["doce", "1.2.3.4", "12abc", "--3"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NumberError):
        parse_number(text)


@given(st.text(max_size=15))
def test_nothing_else_is_ever_raised(text):
    try:
        parse_number(text)
    except NumberError as error:
        assert str(error)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_what_is_written_can_be_read(units, decimals):
    value = units / 10**decimals
    assert parse_number(format_number(value, decimals), decimal=".") == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "status"),
    [("ND", "O"), ("N/D", "O"), ("No disponible", "O"), ("No aplica", "M"), ("129", None)],
)
def test_words_for_no_value(text, status):
    assert status_of_text(text) == status


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, None, "1,235"),
        (1234.5, 1, "1,234.5"),
        (-3, None, "−3"),
        (-0.0001, 1, "0.0"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (None, None, "sin dato"),
        (0.04567, None, "0.0457"),
    ],
)
def test_writing(value, decimals, text):
    assert format_number(value, decimals) == text


def test_values_with_their_unit():
    percent = UnitFormat(kind="percent", symbol="%", decimals=1)
    money = UnitFormat(kind="currency", prefix="$", suffix_es="pesos de 2026", multiplier=6)
    count = UnitFormat(suffix_es="homicidios", one_es="homicidio", suffix_en="homicides")
    assert format_value(48.9, percent) == f"48.9{NB}%"
    assert format_value(48.9, percent, "en") == "48.9%"
    assert format_value(1859.2, money) == f"$1,859.2{NB}millones (pesos de 2026)"
    assert format_value(129, count) == "129 homicidios"
    assert format_value(1, count) == "1 homicidio"
    assert format_value(129, count, "en") == "129 homicides"
    assert format_value(None, count) == "sin dato"


def test_changes_in_words():
    percent = UnitFormat(kind="percent", symbol="%", decimals=1)
    assert format_change(142, 129, UnitFormat(decimals=0)) == f"13 menos (−9.2{NB}%)"
    assert format_change(40, 43.1, percent) == "3.1 puntos porcentuales más"
    assert format_change(40, 40, percent) == "sin cambio"
    assert format_change(0, 5, UnitFormat(decimals=0)) == "5 más"
    # Nobody reads "(0.0 %)" nor "(+60,628 %)" for what they are.
    assert format_change(9999, 10000, UnitFormat(decimals=0)) == "1 más"
    assert format_change(2, 1214, UnitFormat(decimals=0)) == "1,212 más (607 veces)"
    assert format_change(2, 1214, UnitFormat(decimals=0), "en").endswith("(607 times)")
    assert format_change(None, 5, percent) == ""


def test_large_numbers_in_few_words():
    assert humanize_big(1_859_200) == f"1.86{NB}millones"
    assert humanize_big(720_848) == "720,848"
    assert humanize_big(2_000_000_000, "en") == f"2{NB}billion"
