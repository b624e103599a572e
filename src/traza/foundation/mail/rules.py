"""When to try again, and when an address counts as dead."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from traza.foundation.mail.models import MailAddress

#: Wait after the first, second... temporary refusal (4xx). After the last one it is given up.
WAITS = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
#: Two refusals for good within this time make an address dead, whatever their cause.
REFUSAL_MEMORY = timedelta(days=30)
REFUSALS = 2
#: So many messages in a row given up after all retries make an address dead.
GIVEN_UP = 5
#: An accepted message clears the count when no failure follows within this time.
ACCEPTED_CLEARS = timedelta(days=7)
#: A mailing stops by itself above this share of refusals, once so many were tried.
BREAKER_SHARE = 0.05
BREAKER_MINIMUM = 50
#: So many failures of the server in a row open the circuit: it is tried only now and then.
SERVER_ERRORS = 10
SERVER_WAIT = timedelta(seconds=30)
LONGEST_SERVER_WAIT = timedelta(minutes=15)

_ENHANCED = re.compile(r"^\s*([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Answer:
    """What a mail server answered; ``stage`` is what it was asked: recipient or content."""

    code: int
    text: str
    stage: str = "content"

    @property
    def accepted(self) -> bool:
        """Return whether the message is now the server's."""
        return 200 <= self.code < 300

    @property
    def temporary(self) -> bool:
        """Return whether it may be tried again."""
        return 400 <= self.code < 500

    @property
    def enhanced(self) -> str:
        """Return the enhanced status code (RFC 3463), empty where there is none."""
        found = _ENHANCED.match(self.text)
        return found.group(1) if found else ""

    @property
    def no_such_address(self) -> bool:
        """Return whether the server says that the address does not exist."""
        return (
            self.stage == "recipient"
            and not self.temporary
            and not self.accepted
            and self.enhanced.startswith("5.1.")
        )

    @property
    def blames_sender(self) -> bool:
        """Return whether the refusal is of policy or reputation: not the address's fault."""
        return self.enhanced.startswith("5.7.")


def server_wait(errors: int) -> timedelta:
    """Return how long to leave a server alone that has failed so many times in a row."""
    if errors >= SERVER_ERRORS:
        return LONGEST_SERVER_WAIT
    wait: timedelta = SERVER_WAIT * 2 ** max(0, errors - 1)
    return min(wait, LONGEST_SERVER_WAIT)


def note_refusal(address_hash: str, answer: Answer, now: datetime) -> bool:
    """Count a refusal for good, or a message given up; return whether the address is dead."""
    if answer.blames_sender:
        return False
    known, _created = MailAddress.objects.select_for_update().get_or_create(
        address_hash=address_hash
    )
    _clear_where_accepted(known, now)
    if answer.temporary:
        known.given_up += 1
    elif known.failed_at is not None and now - known.failed_at > REFUSAL_MEMORY:
        known.refusals = 1
    else:
        known.refusals += 1
    known.failed_at = now
    dead = answer.no_such_address or known.refusals >= REFUSALS or known.given_up >= GIVEN_UP
    if dead and known.bounced_at is None:
        known.bounced_at = now
        known.code = answer.enhanced or str(answer.code)
    known.save()
    return dead


def note_bounce(address_hash: str, now: datetime) -> None:
    """Make an address dead of which a person knows that it bounces: the message came back later."""
    MailAddress.objects.update_or_create(
        address_hash=address_hash,
        defaults={"failed_at": now, "bounced_at": now, "code": "anotado"},
    )


def note_accepted(address_hash: str, now: datetime) -> None:
    """Remember that an address with a history took a message."""
    MailAddress.objects.filter(address_hash=address_hash).update(accepted_at=now)


def _clear_where_accepted(known: MailAddress, now: datetime) -> None:
    accepted, failed = known.accepted_at, known.failed_at
    if accepted and (failed is None or accepted > failed) and now - accepted >= ACCEPTED_CLEARS:
        known.refusals = known.given_up = 0
