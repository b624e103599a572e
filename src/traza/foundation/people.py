"""Taking a person off the staff: their work goes to another, their account is closed.

A room that keeps work in a person's name declares here how it is handed over
(``register_handover``); this room hands over what is Wagtail's own: pages, locks, tasks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import LockableMixin, Page, WorkflowState
from wagtail.snippets.models import get_snippet_models

from traza.foundation.audit import record


class HandoverError(Exception):
    """The person cannot be taken off as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Work:
    """Something that is in a person's name: what it is, how many, and some of them by name."""

    label: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandoverStep:
    """How a room says what is in a person's name, and how it passes it on."""

    count: Callable[[Any], Iterable[Work]]
    hand_over: Callable[[Any, Any], None]


def name_of(person: Any) -> str:
    """Return a person's name; «alguien» where the account is no more."""
    if person is None:
        return _("alguien")
    return str(person.get_full_name() or person.get_username())


def full_name_of(person: Any) -> str:
    """Return a person's name as staff know it: full name and user name."""
    full = person.get_full_name()
    return f"{full} ({person.get_username()})" if full else str(person.get_username())


_steps: dict[str, HandoverStep] = {}


def register_handover(room: str, step: HandoverStep) -> None:
    """Declare how a room's work goes from one person to another."""
    _steps[room] = step


def work_of(person: AbstractBaseUser) -> list[Work]:
    """Return everything that is in a person's name, without what there is none of."""
    found = [
        _work(_("Páginas a su nombre"), Page.objects.filter(owner=person)),
        _work(_("Páginas bloqueadas"), Page.objects.filter(locked_by=person)),
        _work(
            _("Revisiones pedidas que siguen abiertas"),
            WorkflowState.objects.active().filter(requested_by=person),
        ),
    ]
    for model in _lockable_models():
        label = _("Bloqueos: %(what)s") % {"what": model._meta.verbose_name_plural}
        found.append(_work(label, model._default_manager.filter(locked_by=person)))
    for step in _steps.values():
        found += step.count(person)
    return [work for work in found if work.count]


def heirs_of(person: AbstractBaseUser) -> Any:
    """Return the active people of the staff who may receive a person's work."""
    return (
        get_user_model()
        ._default_manager.filter(is_active=True)
        .exclude(pk=person.pk)
        .order_by("first_name", "last_name", "username")
    )


@transaction.atomic
def take_off(
    person: AbstractBaseUser, *, heir: AbstractBaseUser | None, actor: AbstractBaseUser
) -> list[Work]:
    """Close a person's account, end their sessions and give their work to ``heir``.

    Returns the work that changed hands. Locks are released, not inherited: nobody finds a card
    closed by someone who is gone. Raises ``HandoverError`` when the person is the one asking, has
    work and no heir is named, or is the last who can administer people.
    """
    if person.pk == actor.pk:
        raise HandoverError(
            _("Nadie se da de baja a sí mismo. Lo hace otra persona de Administración.")
        )
    if heir is not None and (heir.pk == person.pk or not heir.is_active):
        raise HandoverError(_("El trabajo solo puede pasar a otra persona con cuenta activa."))
    work = work_of(person)
    if work and heir is None:
        raise HandoverError(_("Tiene trabajo a su nombre. Falta elegir quién lo recibe."))
    if heir is not None:
        Page.objects.filter(owner=person).update(owner=heir)
        WorkflowState.objects.active().filter(requested_by=person).update(requested_by=heir)
        for step in _steps.values():
            step.hand_over(person, heir)
    unlocked = {"locked": False, "locked_by": None, "locked_at": None}
    Page.objects.filter(locked_by=person).update(**unlocked)
    for model in _lockable_models():
        model._default_manager.filter(locked_by=person).update(**unlocked)
    get_user_model()._default_manager.filter(pk=person.pk).update(is_active=False)
    ended = end_sessions(person)
    record(
        actor,
        "person.taken_off",
        person,
        heir=heir.get_username() if heir is not None else "",
        work={item.label: item.count for item in work},
        sessions=ended,
    )
    return work


def bring_back(person: AbstractBaseUser, *, actor: AbstractBaseUser) -> None:
    """Open a closed account again; the work that changed hands stays where it is."""
    with transaction.atomic():
        get_user_model()._default_manager.filter(pk=person.pk).update(is_active=True)
        record(actor, "person.brought_back", person)


def end_sessions(person: AbstractBaseUser) -> int:
    """End every open session of a person and return how many there were."""
    ended = 0
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
            ended += 1
    return ended


def _work(label: str, rows: Any) -> Work:
    return Work(label, rows.count(), tuple(str(row) for row in rows[:3]))


def _lockable_models() -> list[Any]:
    return [model for model in get_snippet_models() if issubclass(model, LockableMixin)]
