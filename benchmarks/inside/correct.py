"""Correct the latest value of an indicator by hand and approve it, as two people would."""

import argparse
import time

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402

from benchmarks.inside import tell  # noqa: E402
from traza.indicators.actions import (  # noqa: E402
    approve_import,
    correct_value,
    submit_import,
)
from traza.indicators.models import LatestValue, Observation  # noqa: E402
from traza.stats.periods import Period  # noqa: E402


def main() -> None:
    """Tell when approval began and ended, in seconds of the epoch."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--slug", required=True)
    given = parser.parse_args()
    latest = (
        LatestValue.objects.filter(
            series__indicator__slug=given.slug,
            series__is_headline=True,
            place__level__in=["municipality", "metro"],
        )
        .select_related("series__indicator", "place")
        .order_by("-period_id", "-n_periods", "place_id")[0]
    )
    people = get_user_model().objects
    analyst, reviewer = (
        people.filter(username=name).first() or people.create_superuser(username=name)
        for name in ("analista", "revisora")
    )
    job = correct_value(
        latest.series,
        latest.place,
        Period.from_key(latest.period_id),
        value=round(latest.value * 1.25 + 1, 4),  # enough to be seen in the drawing
        comment="Corrección medida",
        user=analyst,
    )
    submit_import(job, analyst)
    job.refresh_from_db()
    began = time.time()
    approve_import(job, reviewer)
    approved = time.time()
    values = Observation.objects.filter(series__indicator__slug=given.slug).count()
    tell({"began": began, "approved": approved, "values": values})


if __name__ == "__main__":
    main()
