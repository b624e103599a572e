"""The pages' lines in the ledger of everything published."""

from typing import TYPE_CHECKING, Any

from django.db.models.signals import pre_delete
from wagtail.models import Page
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from traza.publishing.actions import add_redirect, publish_entry, withdraw_entry
from traza.publishing.models import Change, Publication
from traza.publishing.revision import public_change

if TYPE_CHECKING:
    from traza.site.models import TrazaPage


def sync_page(page: "TrazaPage", *, was_live: bool) -> None:
    """Write what happened to a page; call it inside ``public_change``.

    A page that left the public keeps its line, marked as withdrawn; one whose address changed
    leaves a redirect behind. Pages that gather others have no line of their own.
    """
    if not page.in_ledger:
        return
    known = Publication.objects.filter(kind=page.ledger_kind, key=str(page.pk)).first()
    if not page.live:
        if known is not None and known.is_public:
            _withdraw(page)
        return
    path = page.public_path
    if known is not None and known.path != path:
        add_redirect(known.path, path)
    updated = was_live and known is not None
    is_correction = updated and not page.brings_news()
    what = Change.What.CORRECTED if is_correction else Change.What.PUBLISHED
    sentence, sentence_en = page.published_sentences(updated=updated)
    publish_entry(
        kind=page.ledger_kind,
        key=str(page.pk),
        title=page.title,
        path=path,
        summary=page.search_description or page.introduction_text()[:300],
        search_text=page.plain_text(),
        topics=page.ledger_topics(),
        places=page.ledger_places(),
        weight=page.ledger_weight,
        what=Change.What.INITIAL if page.is_first_load and not updated else what,
        sentence=sentence,
        sentence_en=sentence_en,
    )
    page.follow_ledger()


def _withdraw(page: "TrazaPage") -> None:
    why = page.withdrawal_reason().rstrip(".")
    withdraw_entry(
        kind=page.ledger_kind,
        key=str(page.pk),
        sentence=f"{page.title}: se retiró del sitio{f'. {why}' if why else ''}",
        sentence_en=f"{page.title}: withdrawn from the site{f'. {why}' if why else ''}",
    )
    page.unfollow_ledger()


def connect() -> None:
    """Follow what Wagtail does to pages without saving each: moves, renames, deletions."""
    page_slug_changed.connect(_address_changed, dispatch_uid="traza.site.slug")
    post_page_move.connect(_address_changed, dispatch_uid="traza.site.move")
    page_unpublished.connect(_taken_off, dispatch_uid="traza.site.unpublish")
    pre_delete.connect(_deleted, dispatch_uid="traza.site.delete")


def _address_changed(sender: type[Page], instance: Page, **_details: Any) -> None:
    """Give the page and every page below it a redirect from the former address."""
    from traza.site.models import TrazaPage

    with public_change():
        for page in instance.get_descendants(inclusive=True).live().specific():
            if isinstance(page, TrazaPage):
                sync_page(page, was_live=True)


def _taken_off(sender: type[Page], instance: Page, **_details: Any) -> None:
    """Withdraw what expired or was taken off with others: Wagtail saves those as bare pages."""
    from traza.site.models import TrazaPage

    page = sender._default_manager.get(pk=instance.pk)
    # Wagtail says so of a page that is being deleted too, and leaves it as it is.
    if isinstance(page, TrazaPage) and not page.live:
        with public_change():
            sync_page(page, was_live=True)


def _deleted(sender: type[Any], instance: Any, **_details: Any) -> None:
    from traza.site.models import TrazaPage

    if isinstance(instance, TrazaPage) and sender is type(instance) and instance.live:
        if not instance.in_ledger:
            return
        with public_change():
            _withdraw(instance)
