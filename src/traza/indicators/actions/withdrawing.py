"""Taking a release back: another release that restores what it replaced."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from traza.foundation.audit import record as audit
from traza.indicators import releases
from traza.indicators.actions.permission import require
from traza.indicators.actions.publicity import close_empty_cards
from traza.indicators.intake.errors import IntakeError
from traza.indicators.loading import FactRow, Key, bulk_load, remove_values
from traza.indicators.models import Observation, ObservationHistory
from traza.publishing.models import Release
from traza.publishing.revision import public_change


def withdraw_release(release: Release, user: Any, note: str) -> Release:
    """Restore every key that still holds a value of the release; return the restoring release.

    Values that later releases have replaced stay as those left them. ``note`` is public. Raises
    IntakeError when the release was withdrawn already or is itself a withdrawal.
    """
    require(user, "withdraw_release")
    if not note.strip():
        raise IntakeError(_("Falta la nota pública: qué estaba mal y qué se restituye."))
    with public_change():
        now = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
        if now.withdraws_id is not None or now.is_withdrawn:
            raise IntakeError(_("Esta entrega ya se retiró o es ella misma un retiro."))
        held = _held(now)
        if not held:
            raise IntakeError(
                _("Ningún dato publicado viene ya de esta entrega: no hay qué restituir.")
            )
        at = timezone.now()
        restoring = Release.objects.create(
            room=now.room,
            title=(_("Retiro: %s") % now.title)[:200],
            note=note.strip(),
            withdraws=now,
            prepared_by=user,
            approved_by=user,
            published_at=at,
        )
        earlier = _earlier(now, held)
        remove_values(sorted(held - earlier.keys()), release=restoring, at=at)
        bulk_load(_in_order(earlier), release=restoring, at=at)
        series = {key[0] for key in held}
        changes = releases.record(restoring, series, actor=user)
        close_empty_cards(series, actor=user)
        audit(user, "release.withdrawn", now, restored_by=restoring.pk, note=note, **changes)
    return restoring


def _held(release: Release) -> set[Key]:
    """Return the keys whose current value is of this release."""
    values = Observation.objects.filter(release=release).values_list(
        "series_id", "period_id", "place_id"
    )
    return set(values.iterator(chunk_size=10_000))


def _earlier(release: Release, held: set[Key]) -> dict[Key, FactRow]:
    """Return, by key, the value that the release replaced where it still holds the key.

    Values without a release are vintages that came with a package; they were never current here.
    """
    rows = (
        ObservationHistory.objects.filter(replaced_by=release, release__isnull=False)
        .order_by("valid_from")
        .values_list(
            "series_id",
            "period_id",
            "place_id",
            "value",
            "status",
            "conf",
            "lower",
            "upper",
            "comment",
        )
    )
    found = (FactRow(*row) for row in rows.iterator(chunk_size=10_000))
    return {fact[:3]: fact for fact in found if fact[:3] in held}


def _in_order(facts: dict[Key, FactRow]) -> Iterator[FactRow]:
    return (facts[key] for key in sorted(facts))
