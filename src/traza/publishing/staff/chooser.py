"""The window in which a thing of a catalogue is chosen: found by name, as in its list."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from traza.stats.text import fold


def having_words(queryset: QuerySet[Model], fields: list[str], text: str) -> QuerySet[Model]:
    """Keep the rows in whose fields every word occurs, without accents and capitals."""
    words = fold(text).split()
    rows = queryset.order_by().values_list("pk", *fields)
    found = [
        row[0]
        for row in rows
        if all(word in fold(" ".join(str(cell or "") for cell in row[1:])) for word in words)
    ]
    return queryset.filter(pk__in=found)


class _Search(BaseFilterForm):
    """The search field of the window."""

    q = forms.CharField(
        label=_("Buscar"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Nombre")}),
    )

    def filter(self, objects: QuerySet[Model]) -> QuerySet[Model]:
        """Keep what has every word typed."""
        text = self.cleaned_data.get("q")
        if text:
            viewset = objects.model.snippet_viewset  # type: ignore[attr-defined]
            objects = having_words(objects, list(viewset.search_fields), text)
            self.is_searching = True
            self.search_query = text
        return objects


class _Choose(ChooseView):
    filter_form_class = _Search


class _Results(ChooseResultsView):
    filter_form_class = _Search


class FoldedChooser(SnippetChooserViewSet):
    """A window of choice with a search."""

    choose_view_class: Any = _Choose
    choose_results_view_class: Any = _Results
