"""Numbers: how they are read and how they are written."""

from .number_text import NumberError, detect_decimal, parse_number, status_of_text
from .number_words import UnitFormat, format_change, format_number, format_value, humanize_big

__all__ = [
    "NumberError",
    "UnitFormat",
    "detect_decimal",
    "format_change",
    "format_number",
    "format_value",
    "humanize_big",
    "parse_number",
    "status_of_text",
]
