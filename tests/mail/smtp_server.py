"""A real mail server on this machine that accepts, refuses, delays and drops as it is told."""

import asyncio
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPT = "250 2.0.0 Aceptado"


@dataclass
class Mailbox:
    """What the server was told to answer, and what it accepted."""

    #: Answers to RCPT by address; the last one stays.
    recipients: dict[str, list[str]] = field(default_factory=dict)
    #: Answers to MAIL, in order; then the server accepts.
    senders: list[str] = field(default_factory=list)
    #: Called with the number of messages accepted so far, at RCPT and at the end of the content.
    at_recipient: Callable[[int], None] = lambda _count: None
    at_content: Callable[[int], str] = lambda _count: ACCEPT
    #: Cut the connection instead of answering RCPT, so many times.
    drops: int = 0
    #: Seconds before each answer to the content.
    delay: float = 0.0
    received: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def counts(self) -> Counter[str]:
        """Return how many messages each address got."""
        return Counter(address for address, _raw in self.received)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.senders:
            return self.senders.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        self.at_recipient(len(self.received))
        if self.drops:
            self.drops -= 1
            server.transport.abort()
            return ACCEPT
        answers = self.recipients.get(address)
        if answers:
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if not answer.startswith("250"):
                return answer
        envelope.rcpt_tos.append(address)
        return ACCEPT

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.delay:
            await asyncio.sleep(self.delay)
        answer = self.at_content(len(self.received))
        if answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.received += [(address, content) for address in envelope.rcpt_tos]
        if answer.endswith("(y cuelga)"):
            server.transport.abort()
        return answer


class _Counting(Controller):
    """Counts connections, so that tests see that one is reused."""

    starttls: ssl.SSLContext | None = None

    def factory(self) -> SMTP:
        self.handler.connections += 1
        return SMTP(
            self.handler,
            hostname="buzon.test",
            enable_SMTPUTF8=True,
            tls_context=self.starttls,
            require_starttls=self.starttls is not None,
        )


def start(
    mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None
) -> tuple[Controller, int]:
    """Start the server on a free port; ``tls`` from the first byte, or ``starttls`` on request."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = _Counting(mailbox, hostname="127.0.0.1", port=port, ssl_context=tls)
    controller.starttls = starttls
    controller.start()
    mailbox.connections = 0  # the controller itself asked whether it is up
    return controller, port
