"""Mail goes through STARTTLS and TLS, and not at all past a certificate that is not right."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mail.certificates import Authority
from tests.mail.smtp_server import Mailbox, start
from traza.cli.check_mail import mail_server
from traza.foundation.mail.models import MailDelivery, MailMessage, MailServer
from traza.foundation.mail.sending import send_due

Letter = Callable[..., MailMessage]
Connected = Callable[..., Mailbox]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Return an authority that this machine trusts."""
    made = Authority(tmp_path / "propia")
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


@pytest.fixture
def connected(home: Any, settings: Any) -> Iterator[Connected]:
    """Return a maker of mail servers to which the settings point."""
    running = []

    def connect(security: str, **how: Any) -> Mailbox:
        box = Mailbox()
        controller, port = start(box, **how)
        running.append(controller)
        settings.TRAZA_EMAIL_HOST, settings.TRAZA_EMAIL_PORT = "localhost", port
        settings.TRAZA_EMAIL_SECURITY, settings.TRAZA_EMAIL_TIMEOUT = security, 10
        settings.DEFAULT_FROM_EMAIL = "Instituto <boletin@implan.example>"
        return box

    yield connect
    for controller in running:
        controller.stop()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_goes_through_an_encrypted_connection(
    security: str, authority: Authority, connected: Connected, letter: Letter
) -> None:
    box = connected(security, **{security: authority.server()})
    letter()
    send_due()
    assert box.counts() == {"ana@correo.example": 1}
    assert MailDelivery.objects.get().state == MailDelivery.State.SENT


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("ended", "el certificado de localhost ya venció"),
        ("other", "el certificado de localhost es de otro servidor"),
        ("strange", "lo firma una autoridad en la que este servidor no confía"),
    ],
)
def test_a_certificate_that_is_not_right_stops_everything(
    security: str, fault: str, said: str, authority: Authority, connected: Connected,
    letter: Letter, tmp_path: Path,
) -> None:  # fmt: skip
    shown = {
        "ended": lambda: authority.server(ended=True),
        "other": lambda: authority.server("correo.example"),
        "strange": lambda: Authority(tmp_path / "ajena").server(),
    }[fault]()
    box = connected(security, **{security: shown})
    letter()
    send_due()
    assert not box.received
    delivery = MailDelivery.objects.get()
    assert (delivery.state, delivery.attempts) == (MailDelivery.State.WAITING, 0)
    assert said in MailServer.load().reason
    ((mark, sentence),) = mail_server()
    assert mark == "mal" and said in sentence


def test_where_encryption_was_asked_for_nothing_goes_without_it(
    authority: Authority, connected: Connected, letter: Letter
) -> None:
    box = connected("starttls")
    letter()
    send_due()
    assert not box.received and "no ofrece STARTTLS" in MailServer.load().reason


def test_the_wrong_kind_of_encryption_is_said(
    authority: Authority, connected: Connected, letter: Letter
) -> None:
    box = connected("tls", starttls=authority.server())
    letter()
    send_due()
    assert not box.received and "TRAZA_EMAIL_SECURITY=starttls" in MailServer.load().reason
