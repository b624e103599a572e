"""Files are told by content, kept sealed, given only as downloads, and leave with who sent them."""

import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.participation import files
from tests.participation.conftest import stamp
from tests.participation.files import named
from traza.foundation.attachments import store
from traza.foundation.attachments.kinds import PDF, AttachmentError, recognise
from traza.foundation.attachments.naming import safe_name
from traza.foundation.attachments.upload import MOST_BYTES, MOST_FILES, bound_uploads
from traza.foundation.models import AuditEntry
from traza.foundation.templatetags.traza_dates import long_date
from traza.participation.models import Attachment, Message

Received = Callable[..., tuple[Message, str]]
Send = Callable[..., Any]
SignedIn = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def own_home(home: Path) -> Path:
    """Keep the files of each test apart."""
    return home


@pytest.mark.parametrize(
    ("name", "content", "kept_as"),
    [
        ("acta.pdf", files.PDF, "acta.pdf"),
        ("foto.JPG", files.JPEG, "foto.JPG"),
        ("mapa.png", files.PNG, "mapa.png"),
        ("datos.csv", files.CSV, "datos.csv"),
        ("viejo.csv", "Año;Ñandú\n".encode("latin-1"), "viejo.csv"),
        ("oficio.docx", files.DOCX, "oficio.docx"),
        ("tabla.xlsx", files.XLSX, "tabla.xlsx"),
        ("tabla.ods", files.ODS, "tabla.ods"),
        ("tabla.xlsx", files.BOMB, "tabla.xlsx"),
        # The ending is the one of the content, whatever was said.
        ("foto.html", files.JPEG, "foto.html.jpg"),
        ("carta.pdf.exe", files.PDF, "carta.pdf.exe.pdf"),
        ("sin ending", files.PDF, "sin ending.pdf"),
        ("../../etc/passwd", files.PDF, "passwd.pdf"),
        ("C:\\temp\\..\\acta.pdf", files.PDF, "acta.pdf"),
        ("foto\u202egpj.exe", files.JPEG, "fotogpj.exe.jpg"),
        (".htaccess", files.CSV, "htaccess.txt"),
        ("\u200b\u202e.pdf", files.PDF, "pdf.pdf"),
        ("ñ" * 300 + ".pdf", files.PDF, "ñ" * 96 + ".pdf"),
    ],
)
def test_what_is_taken_and_its_name(
    name: str, content: bytes, kept_as: str, received: Received, client: Client
) -> None:
    message, address = received(archivos=[named(name, content)])
    file = message.files.get()
    assert (file.name, file.size) == (kept_as, len(content))
    response = client.get(f"{address}archivos/{file.pk}/")
    assert b"".join(response.streaming_content) == content  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"),
        ('"><img src=x>.pdf', "___img src=x_.pdf"),
        ("nulo\0.pdf", "nulo.pdf"),
        ("acta.pdf\u2028.exe", "acta.pdf.exe.pdf"),
        ("  ..  ", "archivo.pdf"),
        ("", "archivo.pdf"),
        ("CON:|?*", "CON____.pdf"),
    ],
)
def test_a_name_that_browsers_would_never_send_is_made_harmless(name: str, safe: str) -> None:
    assert safe_name(name, PDF) == safe


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dibujo.svg", files.SVG),
        ("dibujo.png", files.SVG),
        ("pagina.html", files.HTML),
        ("pagina.pdf", files.HTML),
        ("datos.csv", b"\xef\xbb\xbf  \n<html>"),
        ("datos.csv", b"a;b\n1;<script>alert(1)</script>\n"),
        ("datos.csv", b"x" * ((1 << 20) - 3) + b"<script>"),
        ("tarea.txt", b"#!/bin/sh\nrm -rf /\n"),
        ("carta.rtf", b"{\\rtf1 x}"),
        ("programa.pdf", b"MZ\x90\0" + b"\0" * 60),
        ("viejo.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60),
        ("macros.xlsx", files.MACROS),
        ("cosas.zip", files.folder_of(("a.exe", b"MZ"))),
        # Two kinds at the same time: something stands before, or after, a compressed document.
        ("tabla.xlsx", files.XLSX + b"<script>alert(1)</script>"),
        ("tabla.xlsx", b"PK\x03\x04<script>" + files.XLSX),
        ("tabla.xlsx", files.XLSX[:-1]),
        ("tabla.xlsx", b"PK\x03\x04"),
        ("vacio.pdf", b""),
    ],
)
def test_what_is_refused_is_said_and_the_text_stays(name: str, content: bytes, send: Send) -> None:
    response = send(texto="Escrito con cuidado", archivos=[named(name, content)])
    page = response.content.decode()
    assert response.status_code == 400 and not Message.objects.exists()
    assert "Escrito con cuidado" in page
    assert "hay que elegirlos otra vez" in page and f"<bdi>{name}</bdi>" in page
    assert not list(store.folder().rglob("*"))


def test_a_document_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import zlib

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zlib, "decompressobj", refuse)
    monkeypatch.setattr(zlib, "decompress", refuse)
    assert recognise(io.BytesIO(files.BOMB), "tabla.xlsx").slug == "xlsx"
    # An entry that lies about how many names there are, or how long they are.
    for place, value in ((-12, b"\xff\xff"), (-10, b"\xff\xff\xff\xff"), (-6, b"\xff\xff\xff\xff")):
        spoilt = bytearray(files.XLSX)
        end = len(spoilt) + place
        spoilt[end : end + len(value)] = value
        with pytest.raises(AttachmentError):
            recognise(io.BytesIO(bytes(spoilt)), "tabla.xlsx")


def test_a_pdf_that_carries_programs_is_marked(received: Received, signed_in: SignedIn) -> None:
    content = files.PDF.replace(
        b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert())>>"
    )
    message, _address = received(archivos=[named("acta.pdf", content)])
    assert message.files.get().has_programs
    page = signed_in("publisher").get(f"/admin/contacto/{message.pk}/").content.decode()
    assert "Lleva programas" in page


@pytest.mark.parametrize("content", [files.PDF, files.PDF + files.HTML, files.JPEG + files.HTML])
def test_a_file_is_only_ever_a_download(
    content: bytes, received: Received, signed_in: SignedIn, client: Client
) -> None:
    message, address = received(archivos=[named("año; b.pdf", content)])
    file = message.files.get()
    staff = signed_in("publisher")
    for answer in (
        client.get(f"{address}archivos/{file.pk}/"),
        staff.get(f"/admin/contacto/{message.pk}/archivos/{file.pk}/"),
    ):
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment; filename*=")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.filter(action="message.file_taken").count() == 1


def test_only_who_follows_or_attends_gets_a_file(
    received: Received, signed_in: SignedIn, client: Client
) -> None:
    message, _address = received(archivos=[named("acta.pdf", files.PDF)])
    _other, elsewhere = received()
    file = message.files.get()
    assert client.get(f"{elsewhere}archivos/{file.pk}/").status_code == 404
    screen = f"/admin/contacto/{message.pk}/archivos/{file.pk}/"
    assert client.get(screen).status_code == 302  # to the login
    assert signed_in("analyst").get(screen).status_code == 302  # to the desk, with a message
    assert signed_in("publisher").get(screen).status_code == 200


def test_on_disk_a_file_is_sealed_and_outside_of_what_is_served(
    received: Received, client: Client, settings: Any
) -> None:
    content = files.CSV * 40_000  # several parts
    message, address = received(archivos=[named("datos.csv", content)])
    (path,) = (one for one in store.folder().rglob("*") if one.is_file())
    assert b"Homicidios" not in path.read_bytes()
    assert "datos" not in str(path)
    assert Path(settings.MEDIA_ROOT) not in path.parents
    url = f"{address}archivos/{message.files.get().pk}/"
    whole = path.read_bytes()
    for spoilt in (whole[:-1], whole[: len(whole) // 2], whole[:60] + b"x" + whole[61:], b""):
        path.write_bytes(spoilt)
        assert client.get(url).status_code == 404  # half a file never leaves
    path.write_bytes(whole)
    settings.SECRET_KEY, old = "otra clave " * 6, settings.SECRET_KEY
    assert client.get(url).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [old]
    assert client.get(url).status_code == 200


def test_too_many_or_too_large_keeps_the_text(send: Send) -> None:
    many = [named(f"foto{number}.png", files.PNG) for number in range(MOST_FILES + 1)]
    large = [named("grande.csv", b"1234567,\n" * (MOST_BYTES // 9 + 1))]
    for sent in (many, large):
        response = send(texto="Escrito con cuidado", archivos=sent)
        page = response.content.decode()
        assert response.status_code == 400 and "Es demasiado" in page
        assert "Escrito con cuidado" in page and sent[-1].name in page
    assert not Message.objects.exists()


def test_a_giant_file_is_read_past_and_never_kept() -> None:
    """The body is made as it is read: neither memory nor disk ever holds it."""
    size, edge = 300 * 1024 * 1024, b"--x\r\nContent-Disposition: form-data; name="
    head = (
        edge + b'"texto"\r\n\r\nEscrito\r\n' + edge + b'"archivos"; filename="gigante.pdf"\r\n\r\n'
    )
    tail = b"\r\n" + edge + b'"hora"\r\n\r\nf\r\n--x--\r\n'

    class Body:
        def __init__(self) -> None:
            self.parts = self.made()
            self.rest = b""

        def made(self) -> Iterator[bytes]:
            yield head
            for _number in range(size // 65536):
                yield b"%PDF" * 16384
            yield tail

        def read(self, count: int = -1) -> bytes:
            if not self.rest:
                self.rest = next(self.parts, b"")
            part, self.rest = self.rest[:count], self.rest[count:]
            return part

        readline = read

    request = RequestFactory().post("/")
    request.META["CONTENT_TYPE"] = "multipart/form-data; boundary=x"
    request.META["CONTENT_LENGTH"] = str(len(head) + size + len(tail))
    request._stream = Body()  # type: ignore[attr-defined]
    bounded = bound_uploads(request)
    assert (request.POST["texto"], request.POST["hora"]) == ("Escrito", "f")
    assert bounded.dropped == ["gigante.pdf"] and not request.FILES
    assert bounded.bytes <= MOST_BYTES + (1 << 20)


def test_a_burst_fills_no_disk(received: Received, send: Send) -> None:
    for number in range(6):
        received(texto=f"Aviso {number}")
    response = send(texto="Otro más", archivos=[named("foto.png", files.PNG)])
    assert response.status_code == 429 and "Otro más" in response.content.decode()
    assert send(texto="Otro más").status_code == 303  # the words are taken all the same


def test_a_burst_of_additions_fills_no_disk_either(received: Received, client: Client) -> None:
    message, address = received()

    def add(**more: Any) -> int:
        sent = {"texto": "Otra foto", "hora": stamp(), **more}
        response = client.post(
            f"{address}agregar/", sent, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert response.status_code == 303 or "Otra foto" in response.content.decode()
        return response.status_code

    answers = [add(archivos=[named("foto.png", files.PNG)]) for _number in range(7)]
    assert answers == [303] * 6 + [429]
    assert message.files.count() == 6
    assert add() == 303  # the words are taken all the same


def test_a_full_disk_is_said_and_the_text_stays(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collections import namedtuple

    usage = namedtuple("usage", "total used free")
    field = "traza.foundation.attachments.field.shutil.disk_usage"
    monkeypatch.setattr(field, lambda _path: usage(10**12, 10**12, 400 * 1024 * 1024))
    response = send(texto="Escrito", archivos=[named("foto.png", files.PNG)])
    assert response.status_code == 400
    assert "Por ahora no se pueden recibir archivos" in response.content.decode()
    assert send(texto="Escrito").status_code == 303


def test_files_leave_with_who_sent_them(
    received: Received, client: Client, signed_in: SignedIn,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    message, address = received("queja", archivos=[named("credencial.jpg", files.JPEG)])
    signed_in("publisher").post(
        f"/admin/contacto/{message.pk}/responder/",
        {"text": "Aquí está", "archivos": [named("oficio.pdf", files.PDF)]},
    )
    assert message.files.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{address}borrar/", headers={"Sec-Fetch-Site": "same-origin"})
    assert not Attachment.objects.exists()
    assert not [one for one in store.folder().rglob("*") if one.is_file()]
    page = client.get(address).content.decode()
    assert "No se guarda ningún nombre, correo ni archivo" in page and "Aquí está" in page


def test_files_are_purged_on_their_day_also_of_who_left_no_name(
    received: Received, signed_in: SignedIn, client: Client, settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    settings.TRAZA_KEEP_IDENTITY_DAYS = 90
    message, address = received("queja", archivos=[named("foto.png", files.PNG)])
    signed_in("publisher").post(f"/admin/contacto/{message.pk}/cerrar/", {"reason": "Listo."})
    day = timezone.localdate() + timedelta(days=90)
    assert message.files.get().erase_on == day
    assert f"se borran el {long_date(day)}" in client.get(address).content.decode()
    Attachment.objects.update(erase_on=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tick")
    assert not Attachment.objects.exists()
    assert not [one for one in store.folder().rglob("*") if one.is_file()]


def test_what_a_killed_process_left_is_erased_after_a_day(received: Received) -> None:
    import os

    received(archivos=[named("foto.png", files.PNG)])
    lost = store.keep([b"perdido"])
    path = next(one for one in store.folder().rglob("*") if one.name == lost.token)
    call_command("tick")
    assert path.exists()  # perhaps its row is being written right now
    long_ago = time.time() - store.ORPHAN_AGE - 60
    for one in store.folder().rglob("*"):
        os.utime(one, (long_ago, long_ago))
    call_command("tick")
    assert not path.exists()
    assert store.content(Attachment.objects.get().token) is not None


def test_a_person_takes_away_what_is_kept_of_the_files(received: Received, client: Client) -> None:
    message, address = received("queja", archivos=[named("foto.png", files.PNG)])
    kept = json.loads(client.get(f"{address}datos.json").content)
    (file,) = kept["files"]
    assert (file["name"], file["size"]) == ("foto.png", len(files.PNG))
    assert client.get(f"{address}{file['download']}").status_code == 200
    page = client.get(address).content.decode()
    assert re.search(r'href="([^"]+)" download>foto.png', page)
    assert message.files.count() == 1
