"""Who refuses mail for good receives nothing more, until its owner shows that the address works."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from tests.bulletin.conftest import happens, letters_to
from tests.mail.conftest import mailbox
from tests.mail.smtp_server import Mailbox
from traza.bulletin import actions
from traza.bulletin.actions.cutting import cut
from traza.bulletin.models import Subscriber, Suppression
from traza.bulletin.queries import to_confirm
from traza.bulletin.streams import BULLETIN
from traza.foundation.mail.models import MailAddress, MailMessage
from traza.foundation.mail.sending import send_due
from traza.publishing.models import Publication

__all__ = ["mailbox"]
State = Subscriber.State
HOMICIDES = "/indicadores/homicidios/"


def week(lines: dict[str, Publication], said: str) -> None:
    happens(lines[HOMICIDES], said)
    cut("weekly", timezone.now())
    actions.tell_due()
    send_due()


def test_one_that_does_not_exist_is_left_out_from_then_on(
    follower: Callable[..., Subscriber], lines: dict[str, Publication], mailbox: Mailbox
) -> None:
    ana, eva = follower("ana@example.org", HOMICIDES), follower("eva@example.org", HOMICIDES)
    send_due()
    mailbox.recipients = {"ana@example.org": ["550 5.1.1 No existe"] * 5}
    week(lines, "Homicidios: uno")
    assert actions.note_bounces() == 1
    ana.refresh_from_db()
    eva.refresh_from_db()
    assert (ana.state, eva.state) == (State.BOUNCED, State.ACTIVE)
    week(lines, "Homicidios: dos")
    assert len(letters_to("ana@example.org", "digest")) == 1
    assert len(letters_to("eva@example.org", "digest")) == 2
    assert not Suppression.objects.exists()  # nobody said that it must not be written to


def test_its_owner_comes_back_by_confirming_again(
    follower: Callable[..., Subscriber], lines: dict[str, Publication], mailbox: Mailbox
) -> None:
    ana = follower("ana@example.org", HOMICIDES)
    send_due()
    mailbox.recipients = {"ana@example.org": ["550 5.1.1 No existe"]}
    week(lines, "Homicidios: uno")
    actions.note_bounces()
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=2))
    MailMessage.objects.update(created_at=timezone.now() - timedelta(days=2))
    actions.ask("ana@example.org", [(BULLETIN, "issue")])
    send_due()
    ana.refresh_from_db()
    assert ana.state == State.PENDING
    actions.confirm(ana, [one.pk for one in to_confirm(ana)])
    ana.refresh_from_db()
    assert ana.state == State.ACTIVE and not MailAddress.objects.exists()
    # What it followed before is followed again.
    assert ana.subscriptions.exclude(confirmed_at=None).count() == 2
    mailbox.recipients = {}
    week(lines, "Homicidios: dos")
    assert [row.state for row in letters_to("ana@example.org", "digest")] == ["bounced", "sent"]
