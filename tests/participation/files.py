"""Files as people send them, honest and hostile."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40
CSV = "Año;Homicidios\n2015;241\n2016;198\n".encode()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def named(name: str, content: bytes) -> SimpleUploadedFile:
    """Return a file to send; a browser says of its type what it wants."""
    file = SimpleUploadedFile("x", content, content_type="text/html")
    file._name = name  # type: ignore[attr-defined]  # as it is, not as Django would clean it
    return file


def folder_of(*parts: tuple[str, bytes], first: str = "") -> bytes:
    """Return a compressed folder; ``first`` is the type that an OpenDocument declares."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        if first:
            folder.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, content in parts:
            folder.writestr(name, content)
    return out.getvalue()


DOCX = folder_of(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
XLSX = folder_of(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>"))
ODS = folder_of(("content.xml", b"<x/>"), first="application/vnd.oasis.opendocument.spreadsheet")
MACROS = folder_of(
    ("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>"), ("xl/vbaProject.bin", b"\0")
)
#: Says that it unpacks to ten gigabytes.
BOMB = folder_of(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"\0" * 20_000_000))
