"""One screen that takes a person off the staff and hands their work to another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from traza.foundation.people import (
    HandoverError,
    bring_back,
    full_name_of,
    heirs_of,
    take_off,
    work_of,
)
from traza.foundation.second_factor import has_second_factor, remove_second_factor
from traza.foundation.staff.accounts import may_change
from traza.foundation.staff.permission import needs


class TakeOffForm(forms.Form):
    """Who receives the work."""

    heir = forms.ModelChoiceField(
        label=gettext_lazy("Quién recibe su trabajo"),
        queryset=get_user_model()._default_manager.none(),
        required=False,
        empty_label=gettext_lazy("Elegir una persona"),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["heir"]
        field.queryset = heirs_of(person)  # type: ignore[attr-defined]
        field.label_from_instance = full_name_of  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@needs("auth.change_user")
def take_off_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a person has in their name, and close the account when asked to."""
    person = get_object_or_404(get_user_model(), pk=pk)
    if not may_change(request.user, person):
        messages.error(request, _("Es la cuenta que administra todo el sistema."))
        return redirect("wagtailusers_users:index")
    form = TakeOffForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            take_off(person, heir=form.cleaned_data["heir"], actor=request.user)  # type: ignore[arg-type]
        except HandoverError as error:
            form.add_error("heir", str(error))
        else:
            messages.success(
                request,
                _("%(name)s ya no entra al sistema; su trabajo cambió de manos.")
                % {"name": full_name_of(person)},
            )
            return redirect("wagtailusers_users:index")
    return render(
        request,
        "traza/foundation/staff/take_off.html",
        {
            "title": _("Dar de baja"),
            "subtitle": full_name_of(person),
            "icon": "user",
            "crumbs": [(reverse("wagtailusers_users:index"), _("Personas"))],
            "person": person,
            "name": full_name_of(person),
            "work": work_of(person),
            "form": form,
        },
        status=400 if form.errors else 200,
    )


@require_POST
@needs("auth.change_user")
def bring_back_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    person = get_object_or_404(get_user_model(), pk=pk)
    bring_back(person, actor=request.user)  # type: ignore[arg-type]
    messages.success(request, _("%(name)s puede entrar otra vez.") % {"name": full_name_of(person)})
    return redirect("wagtailusers_users:index")


@require_http_methods(["GET", "POST"])
@needs("auth.change_user")
def remove_factor_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Take off the second factor of a person who lost their phone; asks before it does."""
    person: Any = get_object_or_404(get_user_model(), pk=pk)
    # Whoever administers everything is helped by one who does too (or from the shell).
    allowed = may_change(request.user, person)
    if request.method == "POST" and allowed:
        remove_second_factor(person, actor=request.user)  # type: ignore[arg-type]
        messages.success(
            request,
            _("%(name)s entra ahora solo con su contraseña hasta que active otro segundo factor.")
            % {"name": full_name_of(person)},
        )
        return redirect("wagtailusers_users:index")
    return render(
        request,
        "traza/foundation/staff/remove_factor.html",
        {
            "title": _("Quitar el segundo factor"),
            "subtitle": full_name_of(person),
            "icon": "user",
            "crumbs": [(reverse("wagtailusers_users:index"), _("Personas"))],
            "name": full_name_of(person),
            "allowed": allowed,
            "has_factor": has_second_factor(person),
        },
        status=400 if request.method == "POST" else 200,
    )
