"""``traza tick``: what is due every minute."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from traza.foundation.mail.actions import forget_old_mail
from traza.foundation.mail.sending import send_due
from traza.foundation.tasks import give_back_lost, retry_failed

logger = logging.getLogger(__name__)


def forget_old_sessions() -> None:
    """Remove sessions that ended."""
    call_command("clearsessions", verbosity=0)


#: Seconds of a tick in which mail is sent: the next tick goes on.
MAIL_SECONDS = 40


def send_mail() -> None:
    """Send mail that is due, where no worker does."""
    send_due(MAIL_SECONDS)


#: What is due every minute; one that fails does not keep the others from running. Rooms add theirs
#: when Django starts.
DUTIES: list[Callable[[], Any]] = [
    retry_failed,
    give_back_lost,
    forget_old_sessions,
    forget_old_mail,
    send_mail,
]


def tick() -> list[str]:
    """Do everything that is due; return the names of what failed (the log says why)."""
    failed = []
    for duty in DUTIES:
        try:
            duty()
        except Exception:
            logger.exception("Falló lo de cada minuto: %s", duty.__name__)
            failed.append(duty.__name__)
    return failed


class Command(BaseCommand):
    """Do what is due every minute, once."""

    help = "Hace lo que toca cada minuto: publica lo programado y reintenta lo que falló."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what failed."""
        failed = tick()
        if failed:
            self.stderr.write("Falló: " + ", ".join(failed) + ". El motivo está en el registro.")
