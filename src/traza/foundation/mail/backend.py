"""Django's door to the outbox: what Django, Wagtail and allauth mail is queued like any other.

Their letters carry links that open an account: they are private, and repeated where in doubt.
"""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from traza.foundation.mail.actions import Addressee, MailError, queue

KIND = "account"


class OutboxBackend(BaseEmailBackend):
    """Queue messages instead of sending them; in the transaction of whoever mails."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue every message; return how many."""
        queued = 0
        for message in email_messages:
            try:
                with transaction.atomic():
                    queued += _queue(message)
            except MailError:
                if not self.fail_silently:
                    raise
        return queued


def _queue(mail: EmailMessage) -> int:
    if mail.attachments:
        raise MailError("El correo saliente no lleva archivos adjuntos.")
    addressees = mail.recipients()
    if not addressees:
        return 0
    alternatives: list[Any] = getattr(mail, "alternatives", [])
    html = next((str(part[0]) for part in alternatives if part[1] == "text/html"), "")
    queue(
        kind=KIND,
        subject=str(mail.subject),
        text=str(mail.body),
        html=html,
        to=[Addressee(address) for address in addressees],
        sender=str(mail.from_email or ""),
        reply_to=str(mail.reply_to[0]) if mail.reply_to else "",
        private=True,
        repeat_in_doubt=True,
    )
    return 1
