"""What a file is by its content; its name is believed only where the content leaves a choice.

Nothing is unpacked: of a compressed document only the list of names at its end is read.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_CHUNK = 1 << 20
#: The list of names of an honest document fits in this.
_MOST_NAMES = 2 << 20
_END = struct.Struct("<4sHHHHIIH")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CODE = re.compile(rb"<\s*(?:script|svg|html|iframe|object|!doctype|\?xml|\?php)", re.IGNORECASE)
_PROGRAMS_IN_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


class AttachmentError(Exception):
    """The file cannot be taken; the sentence says why and what to do."""


@dataclass(frozen=True)
class FileKind:
    """A kind that is taken: its endings (the first is given where a name has none of them)."""

    slug: str
    endings: tuple[str, ...]


PDF = FileKind("pdf", ("pdf",))
JPEG = FileKind("jpeg", ("jpg", "jpeg"))
PNG = FileKind("png", ("png",))
WEBP = FileKind("webp", ("webp",))
TEXT = FileKind("text", ("txt", "csv", "tsv"))
#: By the folder of the main part in an Office document.
OFFICE = {
    "word/": FileKind("docx", ("docx",)),
    "xl/": FileKind("xlsx", ("xlsx",)),
    "ppt/": FileKind("pptx", ("pptx",)),
}
#: By the end of the type that an OpenDocument declares.
OPEN_DOCUMENT = {
    "text": FileKind("odt", ("odt",)),
    "spreadsheet": FileKind("ods", ("ods",)),
    "presentation": FileKind("odp", ("odp",)),
}
KINDS = (PDF, JPEG, PNG, WEBP, TEXT, *OFFICE.values(), *OPEN_DOCUMENT.values())
#: What a file dialogue offers.
ACCEPT = ",".join(f".{ending}" for kind in KINDS for ending in kind.endings)
ADMITTED = gettext_lazy("PDF, fotos (JPG, PNG, WebP), Word, Excel, OpenDocument, CSV y texto")


def recognise(file: BinaryIO, name: str) -> FileKind:
    """Return what a file is, or raise AttachmentError; the file is left at its beginning."""
    try:
        return _recognise(file, name)
    finally:
        file.seek(0)


def has_programs(file: BinaryIO, kind: FileKind) -> bool:
    """Return whether a PDF openly carries programs or files; a hidden one is not found."""
    if kind is not PDF:
        return False
    try:
        return any(_PROGRAMS_IN_PDF.search(chunk) for chunk in _overlapping(file))
    finally:
        file.seek(0)


def _recognise(file: BinaryIO, name: str) -> FileKind:
    file.seek(0)
    head = file.read(64)
    if not head:
        raise AttachmentError(_("«%(name)s» está vacío.") % {"name": name})
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"PK\x03\x04"):
        return _document(file, head, name)
    if _is_text(file):
        return TEXT
    raise _refused(name)


def _refused(name: str) -> AttachmentError:
    return AttachmentError(
        _(
            "«%(name)s» no es de una clase que se reciba, sea cual sea su nombre. Se reciben: "
            "%(kinds)s. Otro documento se puede guardar como PDF."
        )
        % {"name": name, "kinds": ADMITTED}
    )


def _is_text(file: BinaryIO) -> bool:
    """Return whether it is text that no program would run or draw."""
    file.seek(0)
    start = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"<", b"#!", b"{\\rtf")):
        return False
    return not any(_CONTROL.search(chunk) or _CODE.search(chunk) for chunk in _overlapping(file))


def _overlapping(file: BinaryIO) -> Iterator[bytes]:
    """Yield the content in parts that share their edges, so that no word is cut in two."""
    file.seek(0)
    tail = b""
    while chunk := file.read(_CHUNK):
        yield tail + chunk
        tail = chunk[-32:]


def _document(file: BinaryIO, head: bytes, name: str) -> FileKind:
    """Tell the documents that are compressed folders apart, by the names inside."""
    names = _names_inside(file)
    if any("vbaproject" in one.lower() or one.startswith(("Basic/", "Scripts/")) for one in names):
        raise AttachmentError(
            _("«%(name)s» lleva macros. Se recibe guardado sin ellas o como PDF.") % {"name": name}
        )
    if "[Content_Types].xml" in names:
        for folder, kind in OFFICE.items():
            if any(one.startswith(folder) for one in names):
                return kind
    if names and names[0] == "mimetype":
        file.seek(0)
        local = file.read(256)
        size = int.from_bytes(local[22:26], "little")
        start = 30 + sum(struct.unpack("<HH", local[26:30]))
        declared = local[start : start + size].decode("ascii", "replace")
        kind_of = OPEN_DOCUMENT.get(declared.removeprefix(_OPEN_DOCUMENT))
        if declared.startswith(_OPEN_DOCUMENT) and kind_of is not None:
            return kind_of
    raise _refused(name)


def _names_inside(file: BinaryIO) -> list[str]:
    """Return the names in a compressed folder that is whole and nothing else; [] otherwise."""
    size = file.seek(0, 2)
    if size < _END.size:
        return []
    file.seek(size - _END.size)
    mark, _disk, _start, _here, count, length, at, comment = _END.unpack(file.read(_END.size))
    # Something before, between or after: it is another kind of file at the same time.
    if mark != b"PK\x05\x06" or comment or at + length != size - _END.size:
        return []
    if length > _MOST_NAMES:
        return []
    file.seek(at)
    table, names, place = file.read(length), [], 0
    for _number in range(count):
        if place + _ENTRY.size > length:
            return []
        entry = _ENTRY.unpack_from(table, place)
        if entry[0] != b"PK\x01\x02":
            return []
        name, extra, note = entry[10:13]
        place += _ENTRY.size
        names.append(table[place : place + name].decode("utf-8", "replace"))
        place += name + extra + note
    return names
