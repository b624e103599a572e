"""No address is kept longer than needed; what still waits is never forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.mail.smtp_server import Mailbox
from traza.foundation.mail.actions import forget_old_mail, hold_restored_mail
from traza.foundation.mail.models import MailAddress, MailDelivery, MailMessage
from traza.foundation.mail.sending import send_due

Letter = Callable[..., MailMessage]
State = MailDelivery.State


def test_a_month_after_it_was_sent_nothing_is_left(
    home: Any, settings: Any, letter: Letter, time_passes: Callable[[timedelta], None]
) -> None:
    settings.TRAZA_EMAIL_HOST = ""
    letter()
    send_due()
    time_passes(timedelta(days=settings.TRAZA_EMAIL_KEEP_DAYS - 1))
    assert forget_old_mail() == 0
    time_passes(timedelta(days=2))
    MailMessage.objects.update(created_at=MailDelivery.objects.get().finished_at)
    assert len(list((home / "mail").iterdir())) == 1
    assert forget_old_mail() == 1
    assert not MailMessage.objects.exists()
    assert not MailDelivery.objects.exists()
    assert list((home / "mail").iterdir()) == []


def test_what_waits_is_never_forgotten(
    letter: Letter, time_passes: Callable[[timedelta], None]
) -> None:
    letter()
    time_passes(timedelta(days=400))
    assert forget_old_mail() == 0
    assert MailDelivery.objects.get().state == State.WAITING


def test_of_an_address_that_refuses_only_a_hash_stays(mailbox: Mailbox, letter: Letter) -> None:
    mailbox.recipients["ana@correo.example"] = ["550 5.1.1 No existe"]
    letter()
    send_due()
    MailMessage.objects.all().delete()
    (kept,) = MailAddress.objects.values()
    assert kept["bounced_at"] is not None
    assert "ana" not in str(kept)


def test_a_secret_is_erased_as_soon_as_it_was_sent(mailbox: Mailbox, letter: Letter) -> None:
    letter(private=True, text="https://implan.example/clave/abc/\n")
    send_due()
    assert b"clave/abc" in mailbox.received[0][1]
    assert MailMessage.objects.get().text == ""


def test_what_waited_when_a_copy_was_made_is_not_sent_when_it_is_restored(
    mailbox: Mailbox, letter: Letter
) -> None:
    letter()
    assert hold_restored_mail() == 1
    assert send_due() == 0
    assert MailDelivery.objects.get().state == State.DOUBTFUL
    assert mailbox.received == []
