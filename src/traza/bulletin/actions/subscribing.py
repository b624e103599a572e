"""What a person does with the own subscription: ask, confirm, choose, leave, be forgotten."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from traza.bulletin.actions.common import (
    BulletinError,
    fitting,
    follow,
    known,
    last_cut,
    locked,
    suppress,
    suppressed,
)
from traza.bulletin.letters import KIND as LETTER
from traza.bulletin.letters import ask_to_confirm, remind_of_preferences
from traza.bulletin.models import Consent, Subscriber, Suppression
from traza.bulletin.queries import to_confirm
from traza.bulletin.refusals import COMPLAINED
from traza.bulletin.streams import Stream, stream_of
from traza.foundation.audit import record
from traza.foundation.mail.actions import (
    forget_address,
    hash_of,
    normal,
    revive,
    stop_mailings,
)
from traza.foundation.sealing import seal
from traza.foundation.wordings import in_force

State = Subscriber.State
Wanted = Sequence[tuple[Stream, str]]


@transaction.atomic
def ask(
    email: str,
    wanted: Wanted,
    *,
    language: str = "es",
    source: str = "",
    signs: Collection[str] = (),
) -> None:
    """Take a request for mail; nothing is sent to a list before its owner confirms.

    The answer is the same whether the address is known or not: only its owner learns it, by the
    letter. What looks like a machine waits for staff, and no letter goes out.

    Raises:
        MailError: it is no e-mail address.
    """
    email, _domain = normal(email)
    subscriber = known(email)
    if subscriber is not None and subscriber.state == State.COMPLAINED:
        return
    forbidden = suppressed(email)
    if forbidden is not None and forbidden.why == Suppression.Why.COMPLAINT:
        return
    waiting = note(email, wanted, subscriber, language=language, source=source, signs=signs)
    if not waiting.signs:
        write_to(waiting)


def note(
    email: str,
    wanted: Wanted,
    subscriber: Subscriber | None,
    *,
    language: str,
    source: str = "",
    signs: Collection[str] = (),
    **entered: Any,
) -> Subscriber:
    """Write down who asks for what, to be confirmed; call it inside a transaction."""
    now = timezone.now()
    made = False
    if subscriber is None:
        # The same person may press twice, and both requests find nobody.
        subscriber, made = Subscriber.objects.get_or_create(
            email_print=hash_of(email),
            defaults={
                "sealed_email": seal(email),
                "language": language,
                "consent": in_force(Consent),
                "source": source[:300],
                "signs": list(signs),
                "asked_at": now,
                **entered,
            },
        )
    if not made and subscriber.state != State.ACTIVE:
        # Whoever left and comes back begins anew: what was followed then was given up.
        if subscriber.state == State.LEFT:
            subscriber.subscriptions.all().delete()
        subscriber.state = State.PENDING
        subscriber.sealed_email = seal(email)
        subscriber.asked_at = now
        subscriber.language = language
        subscriber.consent = in_force(Consent)
        # A request of a person takes away the doubt that one of a machine left.
        subscriber.signs = list(signs)
        for name, value in entered.items():
            setattr(subscriber, name, value)
        subscriber.save()
    elif not made and signs:
        # An active subscriber is not set apart for what a machine sends in that name.
        subscriber.signs = list(signs)
        return subscriber
    follow(subscriber, wanted, now, confirmed=False)
    return subscriber


def write_to(subscriber: Subscriber) -> bool:
    """Queue the letter that fits; return whether one went: there may have been too many."""
    waiting = to_confirm(subscriber)
    if waiting:
        return ask_to_confirm(subscriber, waiting) is not None
    return remind_of_preferences(subscriber) is not None


@transaction.atomic
def confirm(subscriber: Subscriber, chosen: Iterable[int]) -> bool:
    """Confirm what the page showed (numbers of subscriptions); False: there was nothing to do.

    Raises:
        BulletinError: the address complained once; it is not written to again.
    """
    subscriber = locked(subscriber)
    if subscriber.state == State.COMPLAINED:
        raise BulletinError(COMPLAINED)
    now = timezone.now()
    shown = [one.pk for one in to_confirm(subscriber) if one.pk in set(chosen)]
    subscriber.subscriptions.filter(confirmed_at=None, pk__in=shown).update(confirmed_at=now)
    if subscriber.state != State.ACTIVE and shown:
        _activate(subscriber)
    return bool(shown)


def _activate(subscriber: Subscriber) -> None:
    """Make active whose owner has just shown to be there; old refusals and farewells are over."""
    subscriber.state = State.ACTIVE
    subscriber.confirmed_at = timezone.now()
    subscriber.ended_at = None
    subscriber.signs = []
    subscriber.save(update_fields=["state", "confirmed_at", "ended_at", "signs"])
    Suppression.objects.filter(email_print=subscriber.email_print).exclude(
        why=Suppression.Why.COMPLAINT
    ).delete()
    revive(subscriber.email_print)


@transaction.atomic
def choose(
    subscriber: Subscriber,
    frequencies: Mapping[int, str],
    added: Wanted = (),
    *,
    language: str = "",
) -> None:
    """Change what is followed: numbers of subscriptions and their frequency, "" to stop.

    Whoever left within a month and chooses something again is back. One that is told more often
    from now on is still told what the old frequency had not told yet.

    Raises:
        BulletinError: the address complained once; it is not written to again.
    """
    subscriber = locked(subscriber)
    if subscriber.state == State.COMPLAINED:
        raise BulletinError(COMPLAINED)
    now = timezone.now()
    for one in subscriber.subscriptions.select_related("publication"):
        if one.pk not in frequencies:
            continue
        wanted = frequencies[one.pk]
        if not wanted:
            one.delete()
            continue
        wanted = fitting(stream_of(one), wanted)
        if one.confirmed_at is None:
            one.confirmed_at = now
        elif wanted != one.frequency:
            one.untold_since = one.untold_since or max(
                one.confirmed_at, last_cut(one.frequency) or one.confirmed_at
            )
        one.frequency = wanted
        one.save()
    follow(subscriber, added, now, confirmed=True)
    if language:
        subscriber.language = language
        subscriber.save(update_fields=["language"])
    follows = subscriber.subscriptions.exclude(confirmed_at=None).exists()
    if follows and subscriber.state != State.ACTIVE:
        _activate(subscriber)
    elif not follows and subscriber.state == State.ACTIVE:
        end(subscriber, State.LEFT)


@transaction.atomic
def leave(subscriber: Subscriber) -> bool:
    """Stop everything; False where it had stopped already. What waits in the queue is cancelled."""
    subscriber = locked(subscriber)
    if subscriber.state not in (State.ACTIVE, State.PENDING, State.BOUNCED):
        return False
    end(subscriber, State.LEFT)
    return True


def end(subscriber: Subscriber, state: str) -> None:
    """Make a subscriber one who receives nothing; call it inside a transaction."""
    now = timezone.now()
    subscriber.state = state
    subscriber.ended_at = now
    subscriber.save(update_fields=["state", "ended_at"])
    if state == State.LEFT:
        suppress(subscriber.email_print, Suppression.Why.LEFT, now)
    elif state == State.COMPLAINED:
        suppress(subscriber.email_print, Suppression.Why.COMPLAINT, now)
    stop_mailings(subscriber.email_print)


@transaction.atomic
def forget(subscriber: Subscriber, actor: Any = None) -> None:
    """Erase an address and all that is followed; only a hash stays, so that nobody enters it."""
    subscriber = locked(subscriber)
    why = (
        Suppression.Why.COMPLAINT
        if subscriber.state == State.COMPLAINED
        else Suppression.Why.FORGOTTEN
    )
    suppress(subscriber.email_print, why, timezone.now())
    forget_address(subscriber.email_print, letters=LETTER)
    record(actor, "subscriber.erased", subscriber, asked_for=actor is None)
    subscriber.delete()
