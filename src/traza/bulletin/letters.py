"""Letters to one subscriber: please confirm, and what is already followed.

They are mailed only when somebody asked with that address, few times a day: nobody can make the
institute write to a stranger again and again.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from traza.bulletin import keys
from traza.bulletin.models import Subscriber, Subscription
from traza.bulletin.streams import names_of
from traza.foundation.mail.actions import Addressee, MailError, queue
from traza.foundation.mail.models import MailDelivery, MailMessage
from traza.foundation.models import Institute

#: Names these letters in the outbox.
KIND = "subscription"
#: Not twice within this time, and not more often in a day.
PAUSE, PER_DAY = timedelta(minutes=10), 3


def may_write(subscriber: Subscriber) -> bool:
    """Return whether a letter to this address would not be one too many."""
    now = timezone.now()
    lately = MailDelivery.objects.filter(
        address_hash=subscriber.email_print,
        message__kind=KIND,
        message__created_at__gt=now - timedelta(days=1),
    )
    if lately.count() >= PER_DAY:
        return False
    return not lately.filter(message__created_at__gt=now - PAUSE).exists()


def ask_to_confirm(subscriber: Subscriber, waiting: Sequence[Subscription]) -> MailMessage | None:
    """Queue the letter with the address where a subscription is confirmed; None: one too many."""
    with override("en" if subscriber.language == "en" else "es-mx"):
        institute = Institute.load()
        return _queue(
            subscriber,
            institute,
            _("Falta un paso: confirmar la suscripción a %(name)s") % {"name": institute.name},
            [
                _("Alguien pidió que %(name)s escriba a este correo sobre:")
                % {"name": institute.name},
                "\n".join(f"- {name}" for name in names_of(waiting)),
                _("Para recibirlo hay que abrir esta dirección y pulsar «Confirmar»:")
                + f"\n{keys.address(keys.CONFIRM, subscriber.key)}",
                _(
                    "Vale siete días. Si nadie confirma, no llega nada más y el correo se borra: "
                    "a quien no lo pidió le basta con no hacer nada."
                ),
            ],
        )


def remind_of_preferences(subscriber: Subscriber) -> MailMessage | None:
    """Queue the letter with the address of the preferences; None: one too many."""
    with override("en" if subscriber.language == "en" else "es-mx"):
        institute = Institute.load()
        return _queue(
            subscriber,
            institute,
            _("La suscripción a %(name)s ya estaba confirmada") % {"name": institute.name},
            [
                _("Este correo ya recibe lo que se pidió. No hace falta hacer nada."),
                _("En esta dirección se ve y se cambia lo que llega y cada cuánto:")
                + f"\n{keys.address(keys.PREFERENCES, subscriber.key)}",
                _("Para dejar de recibirlo todo:")
                + f"\n{keys.address(keys.LEAVE, subscriber.key)}",
            ],
        )


def _queue(
    subscriber: Subscriber, institute: Institute, subject: str, parts: list[str]
) -> MailMessage | None:
    email = subscriber.email
    if not email:
        raise MailError(_("El correo se guardó con otra clave secreta y no se puede leer."))
    if not may_write(subscriber):
        return None
    body = "\n\n".join([*parts, institute.name]) + "\n"
    return queue(
        kind=KIND,
        subject=subject,
        # Titles of publications go in as a value: they are never read as a place to fill in.
        text="[[cuerpo]]",
        to=[Addressee(email, {"cuerpo": body})],
        reply_to=institute.contact_email,
        private=True,
        repeat_in_doubt=True,
    )
