"""How every room's catalogue is listed and saved in the back office.

Saving, creating or deleting something that readers see raises the revision in the same
transaction, in which Wagtail's log (and with it the audit) is written too; a list is searched
without accents.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db.models import Manager, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.models import DraftStateMixin, WorkflowMixin, WorkflowState
from wagtail.snippets.action_menu import PublishMenuItem, RestartWorkflowMenuItem
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from traza.foundation.audit import beside, record
from traza.foundation.people import name_of
from traza.foundation.review import alone
from traza.publishing.revision import public_change
from traza.publishing.staff.chooser import FoldedChooser, having_words

#: Characters of a value that the audit keeps.
_NOTED = 120


def yes_column(name: str, label: Any) -> Column:
    """Return a column that says «Sí» where a box is ticked, and nothing where it is not."""
    return Column(
        name, label=label, sort_key=name, accessor=lambda row: _("Sí") if getattr(row, name) else ""
    )


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
        return having_words(queryset, list(self.search_fields), self.search_query)


def change_of(model: type[Model]) -> AbstractContextManager[None]:
    """Return the transaction in which a model is saved.

    What has drafts becomes public when it is published, not when it is saved.
    """
    return nullcontext() if issubclass(model, DraftStateMixin) else public_change()


class _Reviewed:
    """What has a review is published by approving it, not from the hand that wrote it."""

    #: What a reviewer decided in this request.
    decided = ""

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
        self.decided = self.workflow_action  # type: ignore[attr-defined]
        return super().workflow_action_action()  # type: ignore[misc]

    def get_success_message(self, *args: Any, **kwargs: Any) -> str:
        """Say what was decided, where somebody reviewed."""
        said = {"approve": _("«%(name)s»: aprobado."), "reject": _("«%(name)s»: devuelto.")}
        if self.decided in said:
            return said[self.decided] % {"name": self.object}  # type: ignore[attr-defined]
        return str(super().get_success_message(*args, **kwargs))  # type: ignore[misc]


def note_of(target: Any) -> str:
    """Return what a reviewer wrote when they returned this, while it has not been sent again."""
    state = getattr(target, "current_workflow_state", None)
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return ""
    step = state.current_task_state
    return step.comment if step is not None else ""


def goes_through_review(model: type[Model]) -> bool:
    """Return whether a model is published only by somebody's approval."""
    return issubclass(model, WorkflowMixin) and not alone()


@hooks.register("construct_snippet_action_menu")  # type: ignore[untyped-decorator]
def no_publishing_by_who_wrote(
    items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Do not offer a button that the rule above would ignore; first what a reviewer came to do."""
    if goes_through_review(context["model"]):
        items[:] = [item for item in items if not isinstance(item, PublishMenuItem)]
    # To begin the review anew is what «Enviar otra vez» does already.
    items[:] = [item for item in items if not isinstance(item, RestartWorkflowMenuItem)]
    items.sort(key=lambda item: item.name != "approve")


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

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Show the form; to whoever reviews, first what there is to review."""
        target, task = self.object, self.current_workflow_task
        if task is not None and task.get_actions(target, request.user):
            before, after = target.live_revision, target.latest_revision
            buttons = []
            if before is not None and before != after:
                url = reverse(
                    self.revisions_compare_url_name, args=[target.pk, before.pk, after.pk]
                )
                buttons = [messages.button(url, _("Ver qué cambia"))]
            who = name_of(target.current_workflow_state.requested_by)
            messages.info(request, _("%(who)s pide revisión.") % {"who": who}, buttons=buttons)
        if note := note_of(target):
            messages.warning(request, _("Devuelta: %(note)s") % {"note": note})
        return super().get(request, *args, **kwargs)

    def save_instance(self) -> Model:
        """Save inside a public change, noting what was there before."""
        with change_of(self.model), beside(**self._noted()):
            instance: Model = super().save_instance()
            after_saving(self, instance)
        return instance

    def _noted(self) -> dict[str, list[str]]:
        """Return old and new values for the audit: what has no versions is undone from there."""
        if issubclass(self.model, DraftStateMixin):
            return {}
        before = self.model._default_manager.get(pk=self.object.pk)
        return {"changed": list(_differences(before, self.form))}


def _differences(before: Model, form: Any) -> Iterator[str]:
    """Yield «field: old → new» for each plain field that a form changes."""
    for name in form.changed_data:
        field = form.fields[name]
        old, new = getattr(before, name, None), form.cleaned_data.get(name)
        if isinstance(old, Manager) or callable(old):
            yield str(field.label)
        elif old != new:
            yield f"{field.label}: {_short(old)} → {_short(new)}"


def _short(value: Any) -> str:
    text = "—" if value in (None, "") else str(value)
    return text if len(text) <= _NOTED else f"{text[: _NOTED - 1]}…"


class Deletes(snippets.DeleteView):
    """Deleting, as a public change."""

    def delete_action(self) -> None:
        """Delete inside a public change."""
        with public_change():
            _tell("before_deleting", self.object, self.request.user)
            super().delete_action()


class Retires(snippets.UnpublishView):
    """Taking off the site, by the model's own method: Wagtail's screen goes around it."""

    def unpublish(self) -> Any:
        """Retire, with the line in the ledger and the revision, in one transaction."""
        for target in self.objects_to_unpublish:
            target.unpublish(user=self.request.user)


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
    chooser_viewset_class = FoldedChooser
    add_view_class = Creates
    edit_view_class = Edits
    delete_view_class = Deletes
    unpublish_view_class = Retires
    inspect_view_enabled = True
    list_per_page = 50
