"""What ends by itself: addresses nobody confirmed, who left, and addresses that bounce."""

from django.db import transaction
from django.utils import timezone

from traza.bulletin.actions.subscribing import State
from traza.bulletin.letters import KIND as LETTER
from traza.bulletin.models import Subscriber, Subscription
from traza.bulletin.models.subscribers import CONFIRM_WITHIN, LEFT_KEPT
from traza.foundation.audit import record
from traza.foundation.mail.actions import forget_address
from traza.foundation.mail.models import MailAddress


def forget_what_is_due() -> int:
    """Erase addresses that nobody confirmed in a week or that left a month ago; return how many.

    Who left stays suppressed; who never confirmed leaves no trace. What looks like a machine's
    request waits for staff as long as who left.
    """
    now = timezone.now()
    Subscription.objects.filter(
        confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN, subscriber__state=State.ACTIVE
    ).delete()
    pending = Subscriber.objects.filter(
        state=State.PENDING, signs=[], asked_at__lt=now - CONFIRM_WITHIN
    )
    held = Subscriber.objects.filter(state=State.PENDING, asked_at__lt=now - LEFT_KEPT)
    gone = Subscriber.objects.filter(
        state__in=(State.LEFT, State.BOUNCED, State.COMPLAINED), ended_at__lt=now - LEFT_KEPT
    )
    count = 0
    for due in (pending, held, gone):
        for subscriber in list(due[:500]):
            with transaction.atomic():
                forget_address(subscriber.email_print, letters=LETTER)
                subscriber.delete()
            count += 1
    if count:
        record(None, "subscriber.erased", rows=count)
    return count


def note_bounces() -> int:
    """Make those whose address refuses mail for good ones who receive nothing; return how many."""
    dead = MailAddress.objects.filter(bounced_at__isnull=False).values("address_hash")
    return Subscriber.objects.filter(state=State.ACTIVE, email_print__in=dead).update(
        state=State.BOUNCED, ended_at=timezone.now()
    )
