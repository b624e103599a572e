"""A study that somebody sent becomes the draft of a page, which says with which folio it came.

Its files stay where they are kept: staff look at them first and then put them on the page.
"""

import re
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.text import Truncator
from wagtail.rich_text import RichText

from traza.participation.actions import MessageError
from traza.participation.actions.becoming import Becoming, Made
from traza.participation.models import Attachment, Message
from traza.site.models import StudyIndexPage, StudyPage

#: What the summary of a study holds; what is longer goes to its body.
_SUMMARY = 500
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


def may(user: Any) -> bool:
    """Return whether a person may write pages in the catalogue of studies."""
    index = StudyIndexPage.objects.first()
    return index is not None and index.permissions_for_user(user).can_add_subpage()


@transaction.atomic
def make(message: Message, file: Attachment | None, user: Any) -> Made:
    """Write the draft of a study from what was sent; nothing of it is public."""
    index = StudyIndexPage.objects.first()
    if index is None:
        raise MessageError("Falta el catálogo de estudios: se crea en «Páginas».")
    said = message.answers
    who = str(said.get("autoria", ""))
    text, address = str(said.get("texto", "")), str(said.get("direccion", ""))
    rest = "\n\n".join(part for part in (text if len(text) > _SUMMARY else "", address) if part)
    page = StudyPage(
        title=Truncator(said.get("titulo") or message.title).chars(250),
        introduction=Truncator(text).chars(_SUMMARY),
        body=[("text", RichText(linebreaks(rest, autoescape=True)))] if rest else [],
        authors=Truncator(_YEAR.sub("", who).strip(" ,;.()")).chars(250),
        date=_finished(who),
        origin=f"Recibido con el folio {message.folio}",
        live=False,
        owner=user,
    )
    index.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return Made(page, page.title)


def _finished(text: str) -> date:
    """Return the last day of the year that was said, if it is over; else today."""
    today = timezone.localdate()
    found = _YEAR.search(text)
    return min(date(int(found[1]), 12, 31), today) if found else today


def url(pk: str) -> str:
    """Return the editor of a page."""
    exists = StudyPage.objects.filter(pk=pk).exists()
    return reverse("wagtailadmin_pages:edit", args=[pk]) if exists else ""


STUDY = Becoming(
    slug="study",
    name="Borrador de un estudio",
    button="Crear el borrador del estudio",
    help=(
        "El borrador toma el título, la autoría y la descripción. Los archivos se agregan después "
        "de revisarlos, si quien los envió dio permiso de publicarlos."
    ),
    kinds=("estudio", "aportacion"),
    may=may,
    make=make,
    url=url,
)
