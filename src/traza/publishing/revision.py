"""The revision: a counter raised by every transaction that changes anything public."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from traza.publishing.models import Revision

#: Attribute of the database connection: how many public changes are nested in it.
_DEPTH = "traza_public_change_depth"
#: Key in the cache: the day for which the revision was raised.
_DAY = "traza.publishing.day"


def current_revision() -> int:
    """Return the revision now in force (1 on an empty database)."""
    # Asked for several times by every page that is made: plain SQL takes a fifth of the ORM's time.
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT number FROM publishing_revision WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 1


def raise_revision() -> None:
    """Raise the counter under lock; call it as the last statement of the transaction."""
    if not Revision.objects.filter(pk=1).update(number=F("number") + 1):
        Revision.objects.create(pk=1, number=2)


@contextmanager
def public_change() -> Iterator[None]:
    """Run a transaction that changes something public and raise the revision as its last act.

    Nested uses raise it once, at the end of the outermost.
    """
    connection = transaction.get_connection()
    depth = getattr(connection, _DEPTH, 0)
    with transaction.atomic():
        setattr(connection, _DEPTH, depth + 1)
        try:
            yield
        finally:
            setattr(connection, _DEPTH, depth)
        if depth == 0:
            raise_revision()


def institute_changed(sender: type, **_details: object) -> None:
    """Raise the revision: name, colour and places of reference are on every page."""
    raise_revision()


def new_day() -> bool:
    """Raise the revision once a day and tell whether it did: pages say how old figures are."""
    today = timezone.localdate().isoformat()
    if cache.get(_DAY) == today:
        return False
    with public_change():
        cache.set(_DAY, today, timeout=None)
    return True
