"""A mail server on this machine, and the settings that send to it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.mail.smtp_server import Mailbox, start
from traza.foundation.mail.actions import Addressee, queue
from traza.foundation.mail.models import MailDelivery, MailMessage


@pytest.fixture
def mailbox(home: Any, settings: Any) -> Iterator[Mailbox]:
    """Return a server that accepts everything until it is told otherwise."""
    box = Mailbox()
    controller, port = start(box)
    settings.TRAZA_EMAIL_HOST, settings.TRAZA_EMAIL_PORT = "127.0.0.1", port
    settings.TRAZA_EMAIL_SECURITY, settings.TRAZA_EMAIL_TIMEOUT = "none", 10
    settings.TRAZA_EMAIL_PER_MINUTE = settings.TRAZA_EMAIL_PER_DOMAIN = 0
    settings.DEFAULT_FROM_EMAIL = "Instituto <boletin@implan.example>"
    yield box
    controller.stop()


@pytest.fixture
def mailing(db: None) -> Callable[..., MailMessage]:
    """Return a maker of mailings to so many people."""

    def make(count: int, **more: Any) -> MailMessage:
        people = [
            Addressee(
                f"persona{number}@correo{number % 3}.example",
                {"unsubscribe_url": f"https://implan.example/boletin/baja/{number:08}/"},
            )
            for number in range(count)
        ]
        values = {"kind": "bulletin", "subject": "Boletín", "text": "Hola\n", "list_id": "boletin"}
        return queue(**{**values, **more}, to=people)

    return make


@pytest.fixture
def letter(db: None) -> Callable[..., MailMessage]:
    """Return a maker of letters to somebody."""

    def make(address: str = "ana@correo.example", **more: Any) -> MailMessage:
        values = {"kind": "letter", "subject": "Hola", "text": "Hola, Ana.\n"}
        return queue(**{**values, **more}, to=[Addressee(address)])

    return make


@pytest.fixture
def time_passes() -> Callable[[timedelta], None]:
    """Return a function that makes everything that waits be due so much earlier."""

    def pass_by(span: timedelta) -> None:
        for delivery in MailDelivery.objects.all():
            delivery.next_at -= span
            delivery.taken_at = delivery.taken_at and delivery.taken_at - span
            delivery.finished_at = delivery.finished_at and delivery.finished_at - span
            delivery.save()
        MailMessage.objects.update(created_at=timezone.now() - span)

    return pass_by
