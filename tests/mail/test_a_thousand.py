"""A mailing to a thousand people on a bad day: everybody gets it once, whatever happens."""

import signal
import subprocess
from collections.abc import Callable

from tests.mail.judge import faults
from tests.mail.smtp_server import Mailbox
from tests.mail.test_killed_in_mid_mailing import Start, kill_at, start_sender  # noqa: F401
from traza.foundation.mail.models import MailAddress, MailDelivery, MailMessage
from traza.foundation.mail.queries import progress_of
from traza.foundation.mail.sending import send_due

State = MailDelivery.State
PEOPLE = 1000
#: One in a hundred does not exist, one in a hundred is told to come back later.
GONE = {f"persona{number}@correo{number % 3}.example" for number in range(7, PEOPLE, 100)}
LATER = {f"persona{number}@correo{number % 3}.example" for number in range(8, PEOPLE, 100)}


def test_a_thousand_get_it_exactly_once_through_kills_refusals_delays_and_drops(
    mailing: Callable[..., MailMessage],
    mailbox: Mailbox,
    start_sender: Start,  # noqa: F811
) -> None:
    message = mailing(PEOPLE, html="<p>Hola</p>")
    mailbox.recipients = {
        **{address: ["550 5.1.1 No existe"] for address in GONE},
        **{address: ["451 4.7.1 Más tarde", "250 OK"] for address in LATER},
    }
    mailbox.drops = 1
    running: list[subprocess.Popen[bytes]] = []
    kill_at(mailbox, running, {240, 740})
    exits = []
    for _number in range(4):
        running.append(start_sender())
        exits.append(running[-1].wait(240))
        if exits[-1] == 0:
            break
    assert exits == [-signal.SIGKILL] * 2 + [0]
    # The server was rude once, and told some to come back: their turn comes.
    put_off = message.deliveries.filter(state__in=MailDelivery.UNFINISHED)
    assert set(put_off.values_list("address", flat=True)) >= LATER
    put_off.update(next_at="2020-01-01T00:00:00Z")
    mailbox.delay = 0.02
    send_due()
    counts = mailbox.counts()
    everybody = set(message.deliveries.values_list("address", flat=True))
    assert len(everybody) == PEOPLE
    assert set(counts) == everybody - GONE
    assert set(counts.values()) == {1}
    progress = progress_of([message])[message.pk]
    assert (progress.total, progress.sent, progress.failed) == (PEOPLE, PEOPLE - 10, 10)
    assert (progress.waiting, progress.doubtful, progress.cancelled) == (0, 0, 0)
    assert MailAddress.objects.filter(bounced_at__isnull=False).count() == len(GONE)
    assert len(
        {raw.split(b"Message-ID: ")[1].split(b"\r\n")[0] for _to, raw in mailbox.received}
    ) == (PEOPLE - 10)
    assert [faults(raw, listed=True) for _to, raw in mailbox.received[::100]] == [[]] * 10
