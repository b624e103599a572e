"""Working days in Mexico: what a deadline given in days is counted in."""

from datetime import date, timedelta


def rest_days(year: int) -> set[date]:
    """Return the days of obligatory rest of the federal labour law (art. 74)."""
    days = {date(year, 1, 1), date(year, 5, 1), date(year, 9, 16), date(year, 12, 25)}
    days |= {_monday(year, 2, 1), _monday(year, 3, 3), _monday(year, 11, 3)}
    if year >= 2024 and (year - 2024) % 6 == 0:  # the federal executive changes hands
        days.add(date(year, 10, 1))
    return days


def add_workdays(day: date, count: int) -> date:
    """Return the day on which ``count`` working days after ``day`` have passed."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in rest_days(day.year):
            count -= 1
    return day


def workdays_between(start: date, end: date) -> int:
    """Return how many working days lie after ``start`` up to ``end``; 0 where it is past."""
    count = 0
    while start < end:
        start = add_workdays(start, 1)
        count += start <= end
    return count


def _monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7 + 7 * (nth - 1))
