"""How every room's catalogue is listed and saved in the back office.

Saving, creating or deleting something that readers see raises the revision in the same
transaction, in which Wagtail's log (and with it the audit) is written too; a list is searched
without accents.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import DraftStateMixin
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from traza.publishing.revision import public_change
from traza.stats.text import fold


class FoldedSearch(snippets.IndexView):
    """A list whose search ignores accents and capitals; every word must be found."""

    search_backend_name = None

    def search_queryset(self, queryset: QuerySet[Model]) -> QuerySet[Model]:
        """Keep the rows in whose ``search_fields`` every word of the query occurs."""
        if not self.is_searching:
            return queryset
        words = fold(self.search_query).split()
        rows = self.model._default_manager.values_list("pk", *self.search_fields)
        found = [
            row[0]
            for row in rows
            if all(word in fold(" ".join(str(cell or "") for cell in row[1:])) for word in words)
        ]
        return queryset.filter(pk__in=found)


def change_of(model: type[Model]) -> AbstractContextManager[None]:
    """Return the transaction in which a model is saved.

    What has drafts becomes public when it is published, not when it is saved.
    """
    return nullcontext() if issubclass(model, DraftStateMixin) else public_change()


class Creates(snippets.CreateView):
    """Creating, as a public change."""

    def save_instance(self) -> Model:
        """Save inside a public change."""
        with change_of(self.model):
            instance: Model = super().save_instance()
            after_saving(self, instance)
        return instance


class Edits(snippets.EditView):
    """Editing, as a public change."""

    def save_instance(self) -> Model:
        """Save inside a public change."""
        with change_of(self.model):
            instance: Model = super().save_instance()
            after_saving(self, instance)
        return instance


class Deletes(snippets.DeleteView):
    """Deleting, as a public change."""

    def delete_action(self) -> None:
        """Delete inside a public change."""
        with public_change():
            _tell("before_deleting", self.object, self.request.user)
            super().delete_action()


def after_saving(view: Any, instance: Model) -> None:
    """Let the viewset write what else goes with the change (the ledger), if it has any."""
    _tell("follow_change", instance, view.request.user)


def _tell(name: str, instance: Model, user: Any) -> None:
    follow = getattr(type(instance).snippet_viewset, name, None)  # type: ignore[attr-defined]
    if follow is not None:
        follow(instance, user)


class StaffViewSet(SnippetViewSet):
    """One list, form, history and inspection of a catalogue.

    A viewset may define ``follow_change(instance, user)`` and ``before_deleting(instance, user)``:
    they run inside the transaction.
    """

    index_view_class = FoldedSearch
    add_view_class = Creates
    edit_view_class = Edits
    delete_view_class = Deletes
    inspect_view_enabled = True
    list_per_page = 50
