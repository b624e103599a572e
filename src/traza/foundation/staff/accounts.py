"""Wagtail's screens of people, with their roles in sight and two doors closed.

Only who owns the system (a superuser) makes or changes another owner; and an account is closed by
taking the person off, which hands their work over, never by unticking a box.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users

from traza.foundation.roles import ROLES


def may_change(actor: Any, person: Any) -> bool:
    """Return whether ``actor`` may change the account of a person or close it."""
    return bool(actor.is_superuser or not person.is_superuser)


class PeopleList(users.IndexView):
    """Who works here and as what."""

    page_title = gettext_lazy("Personas")
    add_item_label = gettext_lazy("Agregar una persona")

    @cached_property
    def columns(self) -> list[Any]:
        """Return Wagtail's columns with the roles, without the boxes of bulk actions."""
        shown = {column.name: column for column in super().columns}
        shown["is_superuser"] = Column(
            "roles", label=gettext_lazy("Papeles"), accessor=roles_of, width="25%"
        )
        shown.pop("bulk_actions")
        return list(shown.values())

    def get_base_queryset(self) -> QuerySet[Any]:
        """Read the roles of everybody at once."""
        people: QuerySet[Any] = super().get_base_queryset()
        return people.prefetch_related("groups")


def roles_of(person: Any) -> str:
    """Return the roles of a person in words."""
    names = [group.name for group in person.groups.all()]
    return ", ".join([_("Todo el sistema")] if person.is_superuser else names)


class _Fields:
    """A form without what is not to be changed in it."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Leave out the owner's box for who is none, and the one that closes an account."""
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        form.fields.pop("is_active", None)
        form.fields["groups"].label = _("Papeles")
        form.fields["groups"].help_text = " ".join(f"{role.name}: {role.does}" for role in ROLES)
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form


class AddPerson(_Fields, users.CreateView):
    """A new account."""

    page_title = gettext_lazy("Agregar una persona")


class EditPerson(_Fields, users.EditView):
    """An account that exists."""


class PeopleViewSet(users.UserViewSet):
    """The entry «Personas»."""

    index_view_class = PeopleList
    add_view_class = AddPerson
    edit_view_class = EditPerson
    copy_view_enabled = False


@hooks.register("before_edit_user")  # type: ignore[untyped-decorator]
def only_owners_change_owners(request: HttpRequest, person: Any) -> HttpResponse | None:
    """Send back who would change the account of one who owns the system."""
    if may_change(request.user, person):
        return None
    messages.error(
        request, _("Es la cuenta que administra todo el sistema: solo otra igual la cambia.")
    )
    return redirect("wagtailadmin_home")


@hooks.register("before_bulk_action")  # type: ignore[untyped-decorator]
def no_bulk_on_people(
    request: HttpRequest, action: str, objects: list[Any], view: Any
) -> HttpResponse | None:
    """Refuse what would close, erase or promote several accounts at once."""
    if view.model is not get_user_model():
        return None
    messages.error(request, _("Las cuentas se cambian una por una."))
    return redirect("wagtailusers_users:index")
