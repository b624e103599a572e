"""The mail of the running demo, as it lies in its folder."""

import email
import email.policy
import re
import time
from email.message import EmailMessage

import pytest

from tests.journeys.conftest import Demo


def mail_to(demo: Demo, address: str, subject: str, seconds: float = 90) -> EmailMessage:
    """Return the mail to an address whose subject holds some words, once the worker wrote it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for file in (demo.home / "mail").glob("*.eml"):
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if address in str(mail["To"]) and subject in str(mail["Subject"]):
                assert isinstance(mail, EmailMessage)
                return mail
        time.sleep(0.2)
    pytest.fail(f"no mail to {address} says: {subject}")


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(mail: EmailMessage, purpose: str) -> str:
    """Return the address of the bulletin for a purpose that a mail names."""
    found = re.search(rf"http\S+/boletin/{purpose}/\S+", text_of(mail))
    assert found is not None
    return found[0]
