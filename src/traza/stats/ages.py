"""How old a figure is, in words."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Age:
    """Time since the last day a figure is about. Whole months and years; negative before it."""

    days: int
    months: int

    @property
    def years(self) -> int:
        """Whole years."""
        return self.months // 12

    def words(self, lang: str = "es") -> str:
        """ "hace 3 años", "hace casi 7 años", "hace 5 meses", "de hoy"; "aún en curso" before.

        From two years on, what lacks less than a quarter to the next whole year is "almost" it.
        """
        english = lang.startswith("en")
        if self.days < 0:
            return "still under way" if english else "aún en curso"
        if self.days == 0:
            return "today" if english else "de hoy"
        if self.months >= 24:
            if self.months % 12 > 9:
                count = self.years + 1
                return f"almost {count} years ago" if english else f"hace casi {count} años"
            return _ago(self.years, ("año", "años"), ("year", "years"), english=english)
        if self.months >= 1:
            return _ago(self.months, ("mes", "meses"), ("month", "months"), english=english)
        return _ago(self.days, ("día", "días"), ("day", "days"), english=english)


def age_of(end: date, today: date) -> Age:
    """The age on ``today`` of a figure whose period ends on ``end`` (both days included)."""
    months = (today.year - end.year) * 12 + today.month - end.month
    # A month is over on the same day of the next, or on its last day where there is no such day.
    if today.day < min(end.day, _month_length(today)):
        months -= 1
    return Age((today - end).days, max(months, 0) if today >= end else min(months, 0))


def _month_length(day: date) -> int:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (following - date(day.year, day.month, 1)).days


def _ago(count: int, es: tuple[str, str], en: tuple[str, str], *, english: bool) -> str:
    if english:
        return f"{count} {en[count != 1]} ago"
    return f"hace {count} {es[count != 1]}"
