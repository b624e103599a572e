"""Digests cut the ledger in closed intervals: each change once for each frequency, nothing lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.bulletin.conftest import happens, letters_to, opened
from traza.bulletin import actions
from traza.bulletin.actions.cutting import (
    cut,
    cut_due,
    last_month_end,
    last_week_end,
    next_cut,
)
from traza.bulletin.actions.telling import tell_due
from traza.bulletin.models import Delivery, Digest, DigestItem, Frequency, Letter, Subscriber
from traza.foundation.mail.models import MailMessage
from traza.publishing.actions import withdraw_entry
from traza.publishing.models import Change, Publication, Silence
from traza.publishing.revision import public_change

LOCAL = ZoneInfo("America/Monterrey")
HOMICIDES, POPULATION = "/indicadores/homicidios/", "/indicadores/poblacion/"


def sentences(digest: Digest | None) -> list[str]:
    assert digest is not None
    return [item.change.sentence for item in digest.items.filter(is_silent=False)]


def told(email: str) -> list[str]:
    """Return every sentence that was put in a letter to somebody, in its order."""
    rows = Delivery.objects.order_by("pk").select_related("letter", "subscriber")
    changes = [pk for row in rows if row.subscriber and row.subscriber.email == email
               for pk in row.letter.changes]  # fmt: skip
    return [Change.objects.get(pk=pk).sentence for pk in changes]


@pytest.fixture
def changes(lines: dict[str, Publication]) -> dict[str, Publication]:
    happens(lines[HOMICIDES], "Homicidios: 2025", timezone.now() - timedelta(days=3))
    happens(lines[POPULATION], "Población: 2025", timezone.now() - timedelta(days=2))
    return lines


def test_a_change_is_in_one_digest_of_each_frequency(changes: dict[str, Publication]) -> None:
    now = timezone.now()
    for frequency in Frequency.values:
        first = cut(frequency, now)
        assert sentences(first) == ["Población: 2025", "Homicidios: 2025"]
        happens(changes[HOMICIDES], f"Homicidios: corregido {frequency}", now)
        second = cut(frequency, now + timedelta(minutes=1))
        assert first is not None and second is not None
        assert second.begins == first.ends
        assert not set(sentences(second)) & set(sentences(first))
        with pytest.raises(IntegrityError), transaction.atomic():
            item = first.items.get(change__sentence="Población: 2025")
            DigestItem.objects.create(digest=second, frequency=frequency, change=item.change)


def test_what_is_written_late_with_a_former_hour_goes_in_the_next(
    changes: dict[str, Publication],
) -> None:
    now = timezone.now()
    cut(Frequency.WEEKLY, now)
    happens(changes[HOMICIDES], "Homicidios: tarde", now - timedelta(seconds=20))
    assert sentences(cut(Frequency.WEEKLY, now + timedelta(days=7))) == ["Homicidios: tarde"]
    # What happened before the site began to tell is no news, whenever it is written.
    happens(changes[HOMICIDES], "Homicidios: de otro tiempo", now - timedelta(days=400))
    assert cut(Frequency.NOW, now) is not None
    assert not DigestItem.objects.filter(change__sentence="Homicidios: de otro tiempo").exists()


def test_first_loads_are_no_news(lines: dict[str, Publication]) -> None:
    happens(lines[HOMICIDES], "Homicidios: carga inicial", what="initial")
    assert cut(Frequency.NOW, timezone.now()) is None


def test_a_new_site_begins_with_an_empty_cut(ledger: dict[str, Publication]) -> None:
    assert cut_due() == []
    assert Digest.objects.count() == len(Frequency.values)
    assert not DigestItem.objects.exists()
    assert cut_due() == [] and Digest.objects.count() == len(Frequency.values)


def test_at_once_waits_until_nothing_more_comes_but_not_for_long(
    lines: dict[str, Publication],
) -> None:
    now = timezone.now()
    happens(lines[HOMICIDES], "Homicidios: 1", now - timedelta(minutes=2))
    cut_due(now)
    assert not DigestItem.objects.filter(frequency="now").exists()
    cut_due(now + timedelta(minutes=4))
    assert DigestItem.objects.filter(frequency="now").count() == 1
    # Something new every four minutes: it is told after half an hour all the same.
    for minute in range(8, 44, 4):
        happens(lines[HOMICIDES], f"Homicidios: {minute}", now + timedelta(minutes=minute))
        cut_due(now + timedelta(minutes=minute, seconds=1))
    assert DigestItem.objects.filter(frequency="now").count() > 5


@pytest.mark.parametrize(
    ("now", "week", "month"),
    [
        ((2026, 11, 25, 12), (2026, 11, 23, 8), (2026, 11, 1, 8)),
        ((2026, 11, 23, 8), (2026, 11, 23, 8), (2026, 11, 1, 8)),
        ((2026, 11, 23, 7, 59), (2026, 11, 16, 8), (2026, 11, 1, 8)),
        ((2026, 12, 1, 7), (2026, 11, 30, 8), (2026, 11, 1, 8)),
        ((2027, 1, 1, 8), (2026, 12, 28, 8), (2027, 1, 1, 8)),
        ((2028, 3, 1, 9), (2028, 2, 28, 8), (2028, 3, 1, 8)),
    ],
)
def test_weeks_end_on_monday_and_months_on_the_first_at_eight(
    now: tuple[int, ...], week: tuple[int, ...], month: tuple[int, ...]
) -> None:
    moment = datetime(*now, tzinfo=LOCAL)  # type: ignore[arg-type, misc]
    assert last_week_end(moment) == datetime(*week, tzinfo=LOCAL)  # type: ignore[arg-type, misc]
    assert last_month_end(moment) == datetime(*month, tzinfo=LOCAL)  # type: ignore[arg-type, misc]
    for frequency in (Frequency.WEEKLY, Frequency.MONTHLY):
        later = next_cut(frequency, moment)
        assert later is not None and later > moment


def test_where_clocks_change_eight_stays_eight(settings: Any) -> None:
    settings.TIME_ZONE = "America/Ojinaga"
    timezone.get_default_timezone.cache_clear()
    try:
        zone = ZoneInfo("America/Ojinaga")  # summer time ended on 1 November 2026
        with timezone.override(zone):
            after = last_week_end(datetime(2026, 11, 2, 9, tzinfo=zone))
            before = last_week_end(datetime(2026, 10, 27, 9, tzinfo=zone))
        assert (after.astimezone(zone).hour, before.astimezone(zone).hour) == (8, 8)
        assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(days=7, hours=1)
    finally:
        timezone.get_default_timezone.cache_clear()


def test_after_weeks_without_a_running_system_there_is_one_digest(
    changes: dict[str, Publication], follower: Callable[..., Subscriber]
) -> None:
    Digest.objects.all().delete()
    began = opened(60)
    follower("ana@example.org", "/temas/seguridad/")
    Subscriber.objects.get().subscriptions.update(confirmed_at=began)
    made = [one for one in cut_due() if one.frequency == Frequency.WEEKLY]
    assert len(made) == 1 and made[0].begins == began
    assert Frequency.WEEKLY not in {one.frequency for one in cut_due()}
    tell_due()
    tell_due()
    # Of the two days before this one: whether they lie in the last week depends on today's day.
    assert len(letters_to("ana@example.org", "digest")) == bool(made[0].items.filter(
        change__sentence="Homicidios: 2025"))  # fmt: skip


def test_only_who_follows_is_told_and_only_since_then(
    changes: dict[str, Publication], follower: Callable[..., Subscriber]
) -> None:
    people = {
        "topic": "/temas/seguridad/",
        "place": changes["/indicadores/poblacion/"].places.get(code="05").path,
        "card": POPULATION,
        "section": "seccion.indicator",
        "other": "/temas/sociedad/",
        "none": "seccion.study",
        "bulletin": "boletin",
    }
    for name, what in people.items():
        one = follower(f"{name}@example.org", what, often=Frequency.NOW)
        one.subscriptions.update(confirmed_at=timezone.now() - timedelta(days=10))
    late = follower("late@example.org", "/temas/seguridad/", often=Frequency.NOW)
    assert late.subscriptions.get().confirmed_at > timezone.now() - timedelta(minutes=1)
    cut_due()
    tell_due()
    assert told("topic@example.org") == ["Homicidios: 2025"]
    assert told("place@example.org") == ["Población: 2025"]
    assert told("card@example.org") == ["Población: 2025"]
    assert set(told("section@example.org")) == {"Población: 2025", "Homicidios: 2025"}
    assert told("other@example.org") == ["Población: 2025"]
    assert told("none@example.org") == told("bulletin@example.org") == []
    assert told("late@example.org") == []
    # Whoever is told the same shares one letter: three follow the population.
    assert MailMessage.objects.filter(kind="digest").count() == Letter.objects.count() == 3


def test_who_follows_the_same_thing_twice_is_told_once(
    changes: dict[str, Publication], follower: Callable[..., Subscriber]
) -> None:
    ana = follower(
        "ana@example.org", "/temas/seguridad/", HOMICIDES, "seccion.indicator", often="now"
    )
    ana.subscriptions.update(confirmed_at=timezone.now() - timedelta(days=10))
    cut_due()
    tell_due()
    assert sorted(told("ana@example.org")) == ["Homicidios: 2025", "Población: 2025"]
    assert len(letters_to("ana@example.org", "digest")) == 1


@pytest.mark.parametrize(("before", "after"), list(permutations(("now", "weekly", "monthly"), 2)))
def test_who_changes_how_often_misses_nothing_and_hears_nothing_twice(
    before: str,
    after: str,
    lines: dict[str, Publication],
    follower: Callable[..., Subscriber],
) -> None:
    ana = follower("ana@example.org", "/temas/seguridad/", often=before)
    began = timezone.now() - timedelta(days=30)
    ana.subscriptions.update(confirmed_at=began)
    for day in range(1, 6):
        at = began + timedelta(days=day)
        happens(lines[HOMICIDES], f"Homicidios: {day}", at)
        for frequency in {"now"} if day != 3 else {"now", before}:
            cut(frequency, at + timedelta(hours=1))
        tell_due()
    one = ana.subscriptions.get()
    actions.choose(ana, {one.pk: after})
    happens(lines[HOMICIDES], "Homicidios: 6", began + timedelta(days=6))
    for frequency in ("now", "weekly", "monthly"):
        cut(frequency, began + timedelta(days=7))
    tell_due()
    assert sorted(told("ana@example.org")) == [f"Homicidios: {day}" for day in range(1, 7)]


def test_what_left_the_public_is_told_only_to_whom_it_was_told(
    lines: dict[str, Publication], publish: Callable[..., Publication]
) -> None:
    brief = publish("breve", title="Breve", what="published", sentence="Breve: publicado")
    with public_change():
        withdraw_entry(kind="indicator", key="homicidios", sentence="Homicidios: se retiró")
        withdraw_entry(kind="indicator", key="breve", sentence="Breve: se retiró")
    assert brief.pk
    Publication.objects.filter(key="homicidios").update(
        first_published=timezone.now() - timedelta(days=90)
    )
    digest = cut(Frequency.WEEKLY, timezone.now())
    assert sentences(digest) == ["Homicidios: se retiró"]
    assert digest is not None and digest.items.filter(is_silent=True).count() == 2


def test_an_electoral_silence_holds_news_until_it_ends(
    lines: dict[str, Publication], publish: Callable[..., Publication]
) -> None:
    note = publish("nota", kind="news", title="Nota", path="/noticias/nota/", what="initial")
    happens(note, "Nota: publicada")
    happens(lines[HOMICIDES], "Homicidios: 2025")
    today = timezone.localdate()
    silence = Silence.objects.create(starts=today, ends=today, basis="Ley", reason="Elección")
    assert sentences(cut(Frequency.WEEKLY, timezone.now())) == ["Homicidios: 2025"]
    silence.delete()
    later = cut(Frequency.WEEKLY, timezone.now() + timedelta(seconds=1))
    assert sentences(later) == ["Nota: publicada"]


def test_what_left_the_public_between_the_cut_and_the_letters_is_not_told(
    lines: dict[str, Publication], follower: Callable[..., Subscriber]
) -> None:
    follower("ana@example.org", "seccion.indicator")
    happens(lines[HOMICIDES], "Homicidios: 2025")
    happens(lines[POPULATION], "Población: 2025")
    cut(Frequency.WEEKLY, timezone.now())
    with public_change():
        withdraw_entry(kind="indicator", key="homicidios", sentence="Homicidios: se retiró")
    tell_due()
    assert told("ana@example.org") == ["Población: 2025"]
    cut(Frequency.WEEKLY, timezone.now())
    tell_due()
    # It was public before that week began: whoever may have read it is told that it left.
    assert told("ana@example.org")[1:] == ["Homicidios: se retiró"]


def test_an_empty_digest_is_sent_to_nobody(
    lines: dict[str, Publication], follower: Callable[..., Subscriber]
) -> None:
    follower("ana@example.org", "/temas/seguridad/")
    digest = cut(Frequency.WEEKLY, timezone.now())
    assert digest is not None and digest.items.count() == 0
    assert tell_due() == 0 and not letters_to("ana@example.org", "digest")
