"""Keeping an edition of a monitor: what is drawn on its day stays, on the page and on paper."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from traza.foundation.models import Institute
from traza.foundation.tasks import enqueue_once
from traza.indicators.charting import theme_of
from traza.publishing.actions import publish_entry, withdraw_entry
from traza.publishing.models import Change, Publication
from traza.publishing.revision import public_change
from traza.site.models import MonitorEdition, MonitorPage
from traza.site.paper import make_pdf, paper_of
from traza.site.stories import Part, parts_of
from traza.site.story_blocks import indicators_in

KIND = "edition"
_LANGUAGES = {"es": "es-mx", "en": "en"}


def keep_edition(page: MonitorPage) -> MonitorEdition:
    """Keep what a monitor says now under the name of its edition; call it as it is published.

    What is kept is drawn again only where the words, or the versions they were written on, are
    others: an edition that nobody touched stays as it was on its day.
    """
    known: MonitorEdition | None = page.editions.filter(slug=page.edition_slug).first()
    digest = page.digest()
    if known is not None and known.digest == digest:
        return known
    now = timezone.now()
    edition = known or MonitorEdition(page=page, slug=page.edition_slug, kept_at=now)
    edition.corrected_at = now if known is not None else None
    edition.name, edition.title = page.edition, page.title
    edition.introduction, edition.unit = page.introduction, page.unit
    edition.digest = digest
    edition.versions = {
        one.slug: {"name": one.name, **page.written_on[one.slug]}
        for one in indicators_in(page.body)
        if one.slug in page.written_on
    }
    edition.parts = {lang: _drawn(page, lang) for lang in _LANGUAGES}
    theme = theme_of(Institute.load())
    edition.paper = {"parts": paper_of(parts_of(page, "es"), theme)}
    edition.pdf, edition.pdf_sha256, edition.pdf_size = "", "", 0
    edition.save()
    enqueue_once(build_pdf, edition.pk)
    return edition


def _drawn(page: MonitorPage, lang: str) -> list[dict[str, Any]]:
    with override(_LANGUAGES[lang]):
        return [{"html": _html(part, lang), "is_live": part.live is not None}
                for part in parts_of(page, lang)]  # fmt: skip


def _html(part: Part, lang: str) -> str:
    if part.live is None:
        return str(part.block.render())
    return render_to_string("traza/site/_live.html", {"live": part.live, "lang": lang})


def list_editions(page: MonitorPage) -> None:
    """Write the line of each edition that is not in the ledger as it should be."""
    known = {
        line.key: line
        for line in Publication.objects.filter(
            kind=KIND, key__in=[str(pk) for pk in page.editions.values_list("pk", flat=True)]
        )
    }
    for edition in page.editions.all():
        line = known.get(str(edition.pk))
        edition.page = page
        if line is not None and line.is_public and line.path == edition.path:
            continue
        publish_entry(
            kind=KIND,
            key=str(edition.pk),
            title=str(edition),
            path=edition.path,
            summary=edition.introduction[:300],
            # Topics and places lead to the monitor, which leads to its editions.
            weight=0.3,
            # What is news is the monitor's own line.
            what=Change.What.INITIAL,
            sentence=f"{edition}: edición guardada",
            sentence_en=f"{edition}: edition kept",
        )


def withdraw_editions(page: MonitorPage) -> None:
    """Take the lines of the editions from the public."""
    keys = [str(pk) for pk in page.editions.values_list("pk", flat=True)]
    for line in Publication.objects.filter(kind=KIND, key__in=keys, is_public=True):
        why = page.withdrawal_reason().rstrip(".")
        withdraw_entry(
            kind=KIND,
            key=line.key,
            sentence=f"{line.title}: se retiró del sitio{f'. {why}' if why else ''}",
            sentence_en=f"{line.title}: withdrawn from the site{f'. {why}' if why else ''}",
        )


@task()
def build_pdf(edition_id: int) -> None:
    """Make the PDF of an edition from what was kept of it; the page offers it from then on."""
    edition = MonitorEdition.objects.select_related("page").filter(pk=edition_id).first()
    if edition is None or edition.pdf:
        return
    content = make_pdf(edition, Institute.load())
    digest = hashlib.sha256(content).hexdigest()
    name = f"{edition.page.slug}-{edition.slug}-{digest[:12]}.pdf"
    stored = edition.pdf.storage.save(f"monitores/{name}", ContentFile(content))
    with public_change():
        # An edition corrected meanwhile has a task of its own.
        MonitorEdition.objects.filter(pk=edition.pk, digest=edition.digest).update(
            pdf=stored, pdf_sha256=digest, pdf_size=len(content)
        )
