"""What staff do with subscriptions: enter them, end them, let a letter out, note a complaint."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traza.bulletin.actions.common import BulletinError, known, locked, suppressed
from traza.bulletin.actions.subscribing import Wanted, end, leave, note, write_to
from traza.bulletin.models import Subscriber, Suppression
from traza.foundation.audit import record
from traza.foundation.mail.actions import MailError, normal
from traza.foundation.mail.rules import note_bounce

State = Subscriber.State
#: Addresses that staff enter at once; each gets a letter.
MOST_ENTERED = 500


@dataclass(frozen=True)
class Entered:
    """What became of one line that staff entered.

    ``done`` where a letter went out; ``is_wrong`` where the line itself has to be corrected.
    """

    line: str
    done: bool
    said: str
    is_wrong: bool = False


def enter(
    lines: Iterable[str], wanted: Wanted, *, channel: str, language: str, actor: Any
) -> list[Entered]:
    """Enter people who asked otherwise for mail; each confirms by the same letter as everybody.

    Every line has its own answer: one that is wrong stops none of the others.
    """
    results = []
    for line in lines:
        line = " ".join(line.split())
        if line:
            results.append(_enter(line, wanted, channel, language, actor))
    return results


@transaction.atomic
def _enter(line: str, wanted: Wanted, channel: str, language: str, actor: Any) -> Entered:
    try:
        email, _domain = normal(line.strip("<>;, "))
    except MailError:
        said = _("No es una dirección de correo: hay que corregirla.")
        return Entered(line, False, said, is_wrong=True)
    forbidden = suppressed(email)
    if forbidden is not None:
        return Entered(line, False, _forbidden(forbidden))
    subscriber = known(email)
    if subscriber is not None and subscriber.state == State.ACTIVE:
        return Entered(line, False, _("Ya está suscrita. Sus preferencias las cambia ella."))
    subscriber = note(
        email,
        wanted,
        subscriber,
        language=language,
        channel=channel,
        entered_by=actor,
    )
    record(actor, "subscriber.entered", subscriber, channel=channel)
    if not write_to(subscriber):
        said = _("Ya se le escribió hace poco: falta que confirme.")
        return Entered(line, False, said)
    return Entered(line, True, _("Se le mandó la carta para confirmar."))


def _forbidden(why: Suppression) -> str:
    if why.why == Suppression.Why.COMPLAINT:
        return _("Marcó un mensaje como no deseado: no se le vuelve a escribir.")
    return _("Se dio de baja. Solo ella puede volver a suscribirse, en la página del boletín.")


@transaction.atomic
def let_through(subscriber: Subscriber, actor: Any) -> bool:
    """Mail the letter of a request that looked like a machine's; False: too many went already.

    Raises:
        BulletinError: nothing holds it.
    """
    subscriber = locked(subscriber)
    if not subscriber.signs:
        raise BulletinError(_("Esta petición ya no está apartada."))
    subscriber.signs = []
    subscriber.save(update_fields=["signs"])
    record(actor, "subscriber.let_through", subscriber)
    return write_to(subscriber)


@transaction.atomic
def send_letter_again(subscriber: Subscriber, actor: Any) -> None:
    """Mail the letter to confirm, or the address of the preferences, once more.

    Raises:
        BulletinError: it is held, over, or got enough letters today.
    """
    subscriber = locked(subscriber)
    if subscriber.signs or subscriber.state not in (State.PENDING, State.ACTIVE, State.BOUNCED):
        raise BulletinError(_("A esta suscripción no se le escribe."))
    if not write_to(subscriber):
        raise BulletinError(_("Hoy ya se le escribió. Se puede volver a intentar más tarde."))
    record(actor, "subscriber.letter_sent", subscriber)


@transaction.atomic
def end_for(subscriber: Subscriber, actor: Any) -> None:
    """End a subscription for who asked staff to; the person may come back at any time.

    Raises:
        BulletinError: it is over already.
    """
    if not leave(subscriber):
        raise BulletinError(_("Esta suscripción ya había terminado."))
    record(actor, "subscriber.ended", subscriber)


@transaction.atomic
def bounce(subscriber: Subscriber, actor: Any) -> None:
    """Note that a mail came back later: nothing more is mailed until its owner confirms again.

    Raises:
        BulletinError: it is not active.
    """
    subscriber = locked(subscriber)
    if subscriber.state != State.ACTIVE:
        raise BulletinError(_("Esta suscripción no está activa."))
    end(subscriber, State.BOUNCED)
    note_bounce(subscriber.email_print, timezone.now())
    record(actor, "subscriber.bounced", subscriber)


@transaction.atomic
def complain(subscriber: Subscriber, actor: Any) -> None:
    """Note that somebody called our mail unwanted: it is never written to again.

    Raises:
        BulletinError: it is noted already.
    """
    subscriber = locked(subscriber)
    if subscriber.state == State.COMPLAINED:
        raise BulletinError(_("La queja ya estaba anotada."))
    end(subscriber, State.COMPLAINED)
    record(actor, "subscriber.complained", subscriber)


@transaction.atomic
def take_complaint_back(subscriber: Subscriber, actor: Any) -> None:
    """Undo a complaint that was noted by mistake: the person left, and may come back.

    Raises:
        BulletinError: there is none.
    """
    subscriber = locked(subscriber)
    if subscriber.state != State.COMPLAINED:
        raise BulletinError(_("No hay ninguna queja anotada."))
    Suppression.objects.filter(email_print=subscriber.email_print).delete()
    end(subscriber, State.LEFT)
    record(actor, "subscriber.complaint_undone", subscriber)
