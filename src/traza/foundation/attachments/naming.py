"""Names of files as people give them, made harmless."""

import re
import unicodedata

from django.utils.translation import gettext as _

from traza.foundation.attachments.kinds import FileKind

LONGEST = 100
_RESERVED = re.compile(r'[<>:"|?*/\\]')
#: Control characters, those that turn the direction of writing, private ones, line separators.
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def bare_name(name: str) -> str:
    """Return the last part of a name without folders and without what does not show."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = unicodedata.normalize("NFC", name)
    name = "".join(char for char in name if unicodedata.category(char) not in _HIDDEN)
    name = " ".join(_RESERVED.sub("_", name).split()).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[: LONGEST - len(ending) - 1].strip(' .')}.{ending}"
    return name[:LONGEST]


def safe_name(name: str, kind: FileKind) -> str:
    """Return the name under which a file is kept: its ending is the one of its content."""
    name = bare_name(name) or _("archivo")
    if name.rpartition(".")[2].lower() in kind.endings and "." in name[1:]:
        return name
    return f"{name.strip('.') or _('archivo')}.{kind.endings[0]}"
