"""The screen of a text that people are told or agree to: its versions, and a form for another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from traza.foundation.staff.permission import needs
from traza.foundation.wordings import Wording, in_force, write


@dataclass(frozen=True)
class WordingScreen:
    """What a screen says of its text, and where it stands.

    ``where`` says where the text is shown and who remembers its version; ``first`` what is shown
    while there is none; ``above`` the name of the screen above and its words.
    """

    kind: type[Wording]
    permission: str
    name: str
    action: str
    title: Any
    where: Any
    first: Any
    above: tuple[str, Any]


class WordingForm(forms.Form):
    """A new wording."""

    text = forms.CharField(
        label=gettext_lazy("Texto"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": gettext_lazy("Falta el texto.")},
    )
    text_en = forms.CharField(
        label=gettext_lazy("Texto en inglés"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("Vacío: en inglés se muestra el texto en español."),
    )


def wording_screen(about: WordingScreen) -> Callable[..., HttpResponse]:
    """Return the screen of a text."""

    def show(request: HttpRequest) -> HttpResponse:
        posted = request.method == "POST"
        with transaction.atomic():
            now = in_force(about.kind) if posted else about.kind._default_manager.first()
        initial = {
            "text": now.text if now else about.kind.default_words(),
            "text_en": now.text_en if now else "",
        }
        form = WordingForm(request.POST if posted else None, initial=initial)
        if posted and form.is_valid():
            with transaction.atomic():
                written = write(
                    about.kind,
                    form.cleaned_data["text"],
                    form.cleaned_data["text_en"],
                    actor=request.user,
                    action=about.action,
                )
            told = _("Guardado: desde ahora se muestra la %(version)s.") % {"version": written}
            messages.success(request, told)
            return redirect(about.name)
        return render(
            request,
            "traza/foundation/staff/wordings.html",
            {
                "title": about.title,
                "icon": "lock",
                "crumbs": [(reverse(about.above[0]), about.above[1])],
                "about": about,
                "form": form,
                "versions": about.kind._default_manager.select_related("written_by"),
            },
            status=400 if form.errors else 200,
        )

    return require_http_methods(["GET", "POST"])(needs(about.permission)(show))
