"""What is known of uploaded files: hash, size, kind and, of a PDF, its words."""

import hashlib
import json
import mimetypes
import os
import re
import subprocess
import sys
import tempfile
from typing import Any

from django.db.models.signals import post_save
from django_tasks import task
from wagtail.documents.models import Document

from traza.foundation.tasks import enqueue_once
from traza.publishing.actions import refresh_search_text
from traza.publishing.revision import public_change
from traza.site import pdf_words
from traza.site.models import DocumentRecord, StudyPage

State = DocumentRecord.State
PDF = "application/pdf"
#: Seconds after which the reader of a PDF is stopped, whatever it does.
_PATIENCE = pdf_words.KILLED + 30
_CHUNK = 1024 * 1024
_BROKEN_WORD = re.compile(r"(\w)-\n(\w)")


def connect() -> None:
    """Follow uploads."""
    post_save.connect(_uploaded, sender=Document, dispatch_uid="traza.site.document")


def _uploaded(sender: type[Document], instance: Document, **_details: Any) -> None:
    note_document(instance)


def note_document(document: Document) -> DocumentRecord:
    """Keep hash, size and kind of a file; have its words read, if they are others than before."""
    digest, size, begins = _measure(document)
    kind = mimetypes.guess_type(document.filename)[0] or "application/octet-stream"
    known = DocumentRecord.objects.filter(document=document).first()
    if known is not None and known.sha256 == digest:
        return known
    is_pdf = begins.lstrip().startswith(b"%PDF-")
    if kind == PDF and not is_pdf:
        kind = "application/octet-stream"
    values = {
        "sha256": digest,
        "size": size,
        "media_type": PDF if is_pdf else kind,
        "state": State.WAITING if is_pdf else State.OTHER,
        "pages": None,
        "text": "",
    }
    with public_change():
        record, _created = DocumentRecord.objects.update_or_create(
            document=document, defaults=values
        )
        if is_pdf:
            enqueue_once(read_document, record.pk)
        else:
            _tell_search(record)
    return record


def _measure(document: Document) -> tuple[str, int, bytes]:
    """Return the hash of a file, its size and how it begins."""
    digest, size, begins = hashlib.sha256(), 0, b""
    with document.open_file() as file:
        while chunk := file.read(_CHUNK):
            begins = begins or chunk[:1024]
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size, begins


@task()
def read_document(record_id: int) -> None:
    """Read the words of a PDF in a process apart and make them found with its studies."""
    record = DocumentRecord.objects.filter(pk=record_id).select_related("document").first()
    if record is None or record.state != State.WAITING:
        return
    said = words_of_pdf(record.document)
    text = _plain(said.get("text", ""))
    state = State.PARTLY if said.get("partly") else State.READ
    if not text:
        state = State.EMPTY
    if "refused" in said:
        state = State.REFUSED
    with public_change():
        # A file put in its place meanwhile is read by a task of its own.
        told = DocumentRecord.objects.filter(pk=record.pk, sha256=record.sha256).update(
            state=state, pages=said.get("pages"), text=text
        )
        if told:
            _tell_search(record)


def words_of_pdf(document: Document) -> dict[str, Any]:
    """Return what the reader of PDF said; whatever happens to it, nothing happens here."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        with document.open_file() as file:
            while chunk := file.read(_CHUNK):
                copy.write(chunk)
        copy.flush()
        try:
            done = subprocess.run(  # noqa: S603 — our own program, and a path of our own
                [sys.executable, "-I", "-m", pdf_words.__name__, copy.name],
                capture_output=True,
                timeout=_PATIENCE,
                cwd=tempfile.gettempdir(),
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"refused": "timeout"}
    try:
        said: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"refused": "stopped"}
    return said


def _plain(text: str) -> str:
    """Return words as a database keeps them; those cut at the end of a line are whole again."""
    whole = _BROKEN_WORD.sub(r"\1\2", text.replace("\0", ""))
    return " ".join(whole.encode("utf-8", "ignore").decode().split())


def _tell_search(record: DocumentRecord) -> None:
    for page in StudyPage.objects.live().filter(files__document=record.document_id).distinct():
        refresh_search_text(kind=page.ledger_kind, key=str(page.pk), text=page.plain_text())
