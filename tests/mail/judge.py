"""The judge of a mail: what a mailbox provider would find wrong with its bytes."""

import email
import email.policy
import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

#: What a mail program would fetch from somewhere when the mail is opened: readers are not watched.
_FETCHED = re.compile(
    r"<\s*(?:img|script|iframe|link|object|embed|video|audio)\b|\b(?:src|background)\s*="
    r"|url\(|@import",
    re.IGNORECASE,
)


def faults(raw: bytes, *, listed: bool) -> list[str]:
    """Return everything wrong with a mail as it arrived; ``listed``: it went to a list."""
    found: list[str] = []
    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw):
        found.append("a bare CR or LF")
    if any(len(line) > 998 for line in raw.split(b"\r\n")):
        found.append("a line longer than 998")
    head = raw.split(b"\r\n\r\n", 1)[0]
    if not head.isascii():
        found.append("a header that is not 7-bit")
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    for part in mail.walk():
        found += [f"defect {defect!r}" for defect in part.defects]
        for name, value in part.items():
            found += [f"defect in {name}: {bad!r}" for bad in getattr(value, "defects", ())]
    for name in ("From", "To", "Date", "Message-ID", "Subject"):
        if len(mail.get_all(name, [])) != 1:
            found.append(f"{len(mail.get_all(name, []))} of {name}")
    if len(mail["To"].addresses if mail["To"] else ()) != 1:
        found.append("not one addressee")
    if mail["Auto-Submitted"] != "auto-generated":
        found.append("Auto-Submitted")
    if not re.fullmatch(r"<[0-9a-f]{32}@[\w.-]+>", str(mail["Message-ID"])):
        found.append("Message-ID")
    found += _date_faults(mail)
    for part in mail.walk():
        if part.get_content_type() == "text/html" and _FETCHED.search(part.get_content()):
            found.append("something that is fetched when it is opened")
    if listed:
        found += _list_faults(mail, head)
    return found


def _date_faults(mail: EmailMessage) -> list[str]:
    when = getattr(mail["Date"], "datetime", None)
    if when is None or when.tzinfo is None:
        return ["a Date without offset"]
    far = abs(datetime.now(UTC) - when) > timedelta(hours=1)
    return ["a Date that is not now"] if far else []


def _list_faults(mail: EmailMessage, head: bytes) -> list[str]:
    found = []
    for name in ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence",
                 "Feedback-ID"):  # fmt: skip
        if len(mail.get_all(name, [])) != 1:
            found.append(f"{len(mail.get_all(name, []))} of {name}")
    if not re.search(rb"(?m)^List-Unsubscribe: <https://[^>\s]+>, <mailto:[^>\s]+>\r?$", head):
        found.append("List-Unsubscribe is not https and mailto")
    if mail["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click":
        found.append("List-Unsubscribe-Post")
    if mail["Precedence"] != "bulk":
        found.append("Precedence")
    kinds = [part.get_content_type() for part in mail.walk()]
    if kinds != ["multipart/alternative", "text/plain", "text/html"]:
        found.append(f"parts {kinds}")
    return found
