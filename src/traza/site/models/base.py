"""What every page of the site shares.

Saving a page that is, was or becomes public writes its line of the ledger and raises the revision
in the same transaction, whichever way it was published: by hand, by a workflow or on schedule.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import strip_tags
from wagtail.models import Page

from traza.places.models import Place
from traza.publishing.models import Topic
from traza.publishing.revision import public_change
from traza.publishing.schedule import hold
from traza.publishing.silence import held_page, is_held
from traza.site.reserved import is_reserved


class TrazaPage(Page):
    """What every page of the site shares: its line in the ledger and a free address."""

    #: The page's kind in the ledger.
    ledger_kind: ClassVar[str] = "page"
    #: Whether it has a line of its own; pages that only gather others have none.
    in_ledger: ClassVar[bool] = True
    #: How prominent it is in a search.
    ledger_weight: ClassVar[float] = 0.6
    #: The address a page has by right although it is one of the system's; empty for none.
    own_slug: ClassVar[str] = ""
    #: Set on a page that comes with a first load: its publication is then no news.
    is_first_load = False

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the page; a silence holds press from readers, not from whoever previews it."""
        if is_held(self.ledger_kind) and not getattr(request, "is_preview", False):
            return held_page(request)
        return super().serve(request, *args, **kwargs)

    @property
    def public_path(self) -> str:
        """Return the page's address without language, e.g. ``/terminos/informacion/``."""
        parts = self.url_path.strip("/").split("/")[1:]
        return "/" + "".join(f"{part}/" for part in parts)

    def introduction_text(self) -> str:
        """Return the sentences that introduce the page."""
        return str(getattr(self, "introduction", ""))

    def plain_text(self) -> str:
        """Return the words of the page without markup, for search."""
        return f"{self.introduction_text()} {strip_tags(str(getattr(self, 'body', '')))}"

    def published_sentences(self, *, updated: bool) -> tuple[str, str]:
        """Return what the ledger says when the page comes out or changes, in both languages."""
        if updated:
            return f"{self.title}: página actualizada", f"{self.title}: page updated"
        return f"{self.title}: página publicada", f"{self.title}: page published"

    def ledger_topics(self) -> list[Topic]:
        """Return the topics under which the page is found."""
        return []

    def ledger_places(self) -> list[Place]:
        """Return the places that the page is about."""
        return []

    def brings_news(self) -> bool:
        """Tell whether what is published again is new and not a correction."""
        return False

    def follow_ledger(self) -> None:
        """Write what goes with the page's line, in the same transaction."""

    def unfollow_ledger(self) -> None:
        """Take away what goes with the page's line, in the same transaction."""

    def withdrawal_reason(self) -> str:
        """Return why the page is taken away, for whoever comes to its address; may be empty."""
        return ""

    def clean(self) -> None:
        """Refuse an address that belongs to a room of the system."""
        super().clean()
        taken = self.slug != self.own_slug and is_reserved(self.slug or "")
        if taken and self._is_top_level():
            raise ValidationError(
                {
                    "slug": (
                        f"La dirección «/{self.slug}/» la usa el sistema. "
                        "Conviene otra, por ejemplo con una palabra más."
                    )
                }
            )

    def _is_top_level(self) -> bool:
        parent = self.get_parent() if self.path else getattr(self, "_new_parent", None)
        return parent is None or parent.depth <= 2

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; when what the public sees changes, the ledger and the revision go with it."""
        fields = kwargs.get("update_fields")
        drafting = fields is not None and not {"live", "title", "slug"} & set(fields)
        was_live = self.pk is not None and type(self).objects.filter(pk=self.pk, live=True).exists()
        if drafting or not (self.live or was_live):
            super().save(*args, **kwargs)
            return
        # The ledger looks at page models when it follows moves and deletions.
        from traza.site import ledger

        with public_change():
            super().save(*args, **kwargs)
            ledger.sync_page(self, was_live=was_live)

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Publish a revision, also one that waited for its hour, in one transaction.

        Otherwise a page whose line cannot be written would lose its hour and never come out.
        Who may is decided before: the review approved it, or the screen asked for permission.
        What an electoral silence holds waits for its end.
        """
        revision = args[0] if args else kwargs["revision"]
        kwargs["skip_permission_checks"] = True
        with public_change():
            if is_held(self.ledger_kind):
                hold(self, revision, lambda: super(TrazaPage, self).publish(*args, **kwargs))
            else:
                super().publish(*args, **kwargs)

    publish.alters_data = True  # type: ignore[attr-defined]

    save.alters_data = True  # type: ignore[attr-defined]
