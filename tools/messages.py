"""Gather the Spanish texts of the interface, keep the English catalogue, compile it.

``python tools/messages.py update`` rewrites ``locale/en/LC_MESSAGES/django.po`` and ``.mo``;
``check`` says what has no English yet or is stale, and fails. Babel reads Python, Django's own
``templatize`` turns templates into it: no gettext program is needed.
"""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traza.settings")
if "TRAZA_HOME" not in os.environ:
    import tempfile

    os.environ["TRAZA_HOME"] = tempfile.mkdtemp(prefix="traza-messages-")

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "traza"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
#: Screens that only staff see are Spanish; they need no English.
STAFF = (
    "staff",
    "account",
    "accounts.py",
    "actions",
    "intake",
    "cli",
    "wagtail_hooks",
    "management",
    "forms.py",
    "mfa",
    "migrations",
    "roles.py",
    "people.py",
)

Message = tuple[str | tuple[str, ...], str | None, str, int]


def is_public(path: Path) -> bool:
    """Return whether the public may read texts of this file."""
    relative = path.relative_to(PACKAGE)
    parts = (*relative.parts[:-1], relative.name, relative.stem)
    return not any(word in parts for word in STAFF) and relative.parts[0] != "settings"


def messages() -> Iterator[Message]:
    """Yield (text or plural texts, context, file, line) of every public text."""
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".py", ".html", ".svg", ".txt"} or not is_public(path):
            continue
        if "/static/" in str(path) or "/gallery/" in str(path):
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            if "{%" not in source:
                continue
            blanked = templatize(source, origin=str(path.relative_to(ROOT)))
            # What stands between the texts is blanked, not Python: its indentation says nothing.
            source = "\n".join(line.lstrip() for line in blanked.splitlines())
        found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        for line, text, _comments, context in found:
            yield text, context, str(path.relative_to(ROOT)), line


def gathered() -> Catalog:
    """Return a catalogue of every public text, with the English that is already written."""
    known = Catalog(locale="en")
    if PO.exists():
        with PO.open("rb") as file:
            known = read_po(file, locale="en")
    fresh = Catalog(
        locale="en",
        project="Traza",
        version="0.1",
        charset="utf-8",
        fuzzy=False,
        creation_date=known.creation_date,
        revision_date=known.revision_date,
    )
    for text, context, file, _line in messages():
        key = text[0] if isinstance(text, tuple) else text
        if not key:
            continue
        old = known.get(key, context)
        # Line numbers are left out: they would change with every edit.
        fresh.add(
            text,
            old.string if old is not None else None,
            locations=[(file, None)],  # type: ignore[list-item]
            context=context,
        )
    return fresh


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the texts that have no English."""
    missing = []
    for message in catalogue:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, list | tuple) else [message.string]
        if not all(strings):
            missing.append(message.id[0] if isinstance(message.id, tuple) else message.id)
    return missing


def compiled(catalogue: Catalog) -> bytes:
    """Return the catalogue as a ``.mo`` file."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def written(catalogue: Catalog) -> bytes:
    """Return the catalogue as a ``.po`` file."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, omit_header=False)
    return buffer.getvalue()


def update() -> int:
    """Rewrite both files and say what is left to translate."""
    catalogue = gathered()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(written(catalogue))
    MO.write_bytes(compiled(catalogue))
    left = untranslated(catalogue)
    for text in left:
        print(f"- {text!r}")
    print(f"{len(catalogue)} textos, {len(left)} sin inglés")
    return 0


def check() -> int:
    """Return 1 and say why when the catalogue is incomplete or stale."""
    catalogue = gathered()
    left = untranslated(catalogue)
    for text in left:
        print(f"sin inglés: {text!r}")
    stale = not MO.exists() or MO.read_bytes() != compiled(catalogue)
    if stale:
        print("django.mo no corresponde a los textos: ejecute «make messages».")
    return int(bool(left) or stale)


if __name__ == "__main__":
    sys.exit({"update": update, "check": check}[sys.argv[1]]())
