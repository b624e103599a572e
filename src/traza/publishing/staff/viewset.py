"""How every room's catalogue is listed and saved in the back office.

Saving, creating or deleting something that readers see raises the revision in the same
transaction, in which Wagtail's log (and with it the audit) is written too; a list is searched
without accents.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import DraftStateMixin, WorkflowMixin
from wagtail.snippets.action_menu import PublishMenuItem
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from traza.foundation.audit import record
from traza.foundation.review import alone
from traza.publishing.revision import public_change
from traza.stats.text import fold


class FoldedSearch(snippets.IndexView):
    """A list whose search ignores accents and capitals; every word must be found."""

    search_backend_name = None

    @cached_property
    def columns(self) -> list[Any]:
        """Return the columns without the boxes of bulk actions: nothing here is erased in bulk."""
        return [column for column in super().columns if column.name != "bulk_actions"]

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


class _Reviewed:
    """What has a review is published by approving it, not from the hand that wrote it."""

    def get_available_actions(self) -> list[str]:
        """Leave out publishing straight away, unless one person does everything."""
        actions: list[str] = super().get_available_actions()  # type: ignore[misc]
        if goes_through_review(self.model):  # type: ignore[attr-defined]
            actions = [action for action in actions if action != "publish"]
        return actions

    def publish_action(self) -> Any:
        """Publish, and note in the audit that one person wrote and published."""
        response = super().publish_action()  # type: ignore[misc]
        if response is None and issubclass(self.model, WorkflowMixin):  # type: ignore[attr-defined]
            target = self.object  # type: ignore[attr-defined]
            noun = target._meta.model_name
            user = self.request.user  # type: ignore[attr-defined]
            record(user, f"{noun}.approved_own", target, single_person=True)
        return response

    def workflow_action_action(self) -> Any:
        """Keep the changes of who reviews as a draft: approving them is for somebody else."""
        if (
            self.workflow_action == "approve"  # type: ignore[attr-defined]
            and self.has_content_changes  # type: ignore[attr-defined]
            and not alone()
        ):
            messages.warning(
                self.request,  # type: ignore[attr-defined]
                _(
                    "No se publicó: la ficha se cambió al revisarla. Los cambios quedaron en el "
                    "borrador y ahora los aprueba otra persona."
                ),
            )
            return None
        return super().workflow_action_action()  # type: ignore[misc]


def goes_through_review(model: type[Model]) -> bool:
    """Return whether a model is published only by somebody's approval."""
    return issubclass(model, WorkflowMixin) and not alone()


@hooks.register("construct_snippet_action_menu")  # type: ignore[untyped-decorator]
def no_publishing_by_who_wrote(
    items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Do not offer a button that the rule above would ignore."""
    if goes_through_review(context["model"]):
        items[:] = [item for item in items if not isinstance(item, PublishMenuItem)]


class Creates(_Reviewed, snippets.CreateView):
    """Creating, as a public change."""

    def save_instance(self) -> Model:
        """Save inside a public change."""
        with change_of(self.model):
            instance: Model = super().save_instance()
            after_saving(self, instance)
        return instance


class Edits(_Reviewed, snippets.EditView):
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
