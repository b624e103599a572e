"""The bytes of a mail: one addressee, text first, the headers that mail providers ask for."""

import re
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from traza.foundation.mail.models import MailDelivery, MailMessage
from traza.foundation.mail.signing import signed

#: The value under which an addressee of a list finds the way out.
UNSUBSCRIBE = "unsubscribe_url"
PLACEHOLDER = re.compile(r"\[\[([a-z_]{1,40})\]\]")


class _Policy(EmailPolicy):
    """Standard folding; list headers go out as they are, for folding would encode their URLs."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in {"list-unsubscribe", "list-id", "feedback-id", "message-id"}:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


POLICY = _Policy(linesep="\r\n", cte_type="7bit")


def compose(delivery: MailDelivery) -> bytes:
    """Return a delivery as the bytes that go to the server."""
    message = delivery.message
    values = {key: str(value) for key, value in delivery.values.items()}
    mail = EmailMessage(policy=POLICY)
    mail["From"] = as_address(message.sender)
    mail["To"] = Address(addr_spec=delivery.address)
    mail["Subject"] = one_line(fill(message.subject, values))
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{delivery.token.hex}@{own_domain(message.sender)}>"
    if message.reply_to:
        mail["Reply-To"] = as_address(message.reply_to)
    mail["Auto-Submitted"] = "auto-generated"
    if message.list_id:
        _list_headers(mail, message, delivery, values)
    mail.set_content(fill(message.text, values))
    if message.html:
        safe = {key: escape(value) for key, value in values.items()}
        mail.add_alternative(fill(message.html, safe), subtype="html")
    return signed(mail.as_bytes(), own_domain(message.sender))


def _list_headers(
    mail: EmailMessage, message: MailMessage, delivery: MailDelivery, values: dict[str, str]
) -> None:
    domain = own_domain(message.sender)
    mail["List-Id"] = f"<{message.list_id}.{domain}>"
    ways = [f"<{values[UNSUBSCRIBE]}>"]
    answers_to = parseaddr(message.reply_to or message.sender)[1]
    ways.append(f"<mailto:{answers_to}?subject=baja%20{delivery.token.hex}>")
    mail["List-Unsubscribe"] = ", ".join(ways)
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Precedence"] = "bulk"
    mail["Feedback-ID"] = f"{message.pk}:{message.list_id}:{message.kind}:{domain}"


def fill(text: str, values: dict[str, str]) -> str:
    """Put an addressee's values in their places; what has no value stays as it was written."""
    return PLACEHOLDER.sub(lambda found: values.get(found.group(1), found.group(0)), text)


def placeholders(*texts: str) -> set[str]:
    """Return the names that a message needs of each addressee."""
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def one_line(text: str) -> str:
    """Return a text without line breaks and control characters, for a header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def as_address(text: str) -> Address:
    """Read «Name <box@domain>»."""
    name, spec = parseaddr(text)
    return Address(display_name=one_line(name), addr_spec=spec)


def own_domain(sender: str) -> str:
    """Return the domain that signs our mail."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return domain or urlsplit(settings.TRAZA_BASE_URL).hostname or "localhost"
