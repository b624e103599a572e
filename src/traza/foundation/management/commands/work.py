"""``traza work``: the background worker, outgoing mail and the minute's tick in one process."""

import logging
import os
import threading
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connections

from traza.foundation.health import HEARTBEAT_SECONDS, beat
from traza.foundation.mail.sending import send_due
from traza.foundation.management.commands.tick import tick

logger = logging.getLogger(__name__)
MINUTE = 60
#: Seconds between two looks at the outbox.
MAIL_EVERY = 2
#: Who stops the worker waits this long for the message that is on its way.
LAST_MAIL = 60


class Command(BaseCommand):
    """Run queued tasks until stopped, and the tick every minute."""

    help = "Hace el trabajo de fondo: tareas en cola y lo que toca cada minuto."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the tick out where a timer runs it."""
        parser.add_argument("--no-tick", action="store_true", help="otro proceso corre «tick»")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start the clock and become the worker."""
        threading.Thread(
            target=_clock, args=(not options["no_tick"], os.getppid()), daemon=True
        ).start()
        stop = threading.Event()
        postman = threading.Thread(target=_postman, args=(stop,), daemon=True)
        postman.start()
        try:
            call_command("db_worker", queue_name="*", interval=1, reload=False, verbosity=0)
        finally:
            stop.set()
            postman.join(LAST_MAIL)


def _postman(stop: threading.Event) -> None:
    """Send mail as it comes; long mailings hold up neither tasks nor the minute's duties."""
    while not stop.wait(MAIL_EVERY):
        try:
            close_old_connections()
            send_due(stopped=stop.is_set)
        except Exception:
            logger.exception("Falló el envío de correo")
            stop.wait(MINUTE)
        finally:
            connections.close_all()


def _clock(with_tick: bool, parent: int) -> None:
    """Leave a sign of life, tick each minute, and end when whoever started us has died."""
    next_tick = time.monotonic() + 5
    next_beat = 0.0
    while True:
        if os.getppid() != parent:
            os._exit(1)
        now = time.monotonic()
        if now >= next_beat:
            beat()
            next_beat = now + HEARTBEAT_SECONDS
        if with_tick and now >= next_tick:
            next_tick = now + MINUTE
            try:
                close_old_connections()
                tick()
            finally:
                connections.close_all()
        time.sleep(1)
