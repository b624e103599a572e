"""The language in force, as addresses and stored texts name it."""

from django.utils.translation import get_language


def language() -> str:
    """Return "es" or "en"."""
    return "en" if (get_language() or "").startswith("en") else "es"


def prefix(lang: str = "") -> str:
    """Return what goes before the path of a page in a language, by default the one in force."""
    return "/en" if (lang or language()) == "en" else ""
