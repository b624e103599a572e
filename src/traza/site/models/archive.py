"""The archive: what the institute published before, elsewhere; a list, not the texts."""

from django.core.validators import RegexValidator
from django.db import models

from traza.publishing.models import Topic
from traza.stats.text import fold

#: As much of a date as is known: a year, a month of it, a day of it.
DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

#: The longest that each column may be.
LENGTHS = {"kind": 60, "kind_en": 60, "title": 300, "date": 10, "url": 500, "note": 250}


class ArchiveEntry(models.Model):
    """Something published before: its title, its date, what it was and where it stood."""

    title = models.CharField("título", max_length=LENGTHS["title"])
    kind = models.CharField(
        "clase",
        max_length=LENGTHS["kind"],
        db_index=True,
        help_text="Por ejemplo, «Boletín de prensa».",
    )
    kind_en = models.CharField("clase en inglés", max_length=LENGTHS["kind_en"], blank=True)
    date = models.CharField(
        "fecha",
        max_length=LENGTHS["date"],
        blank=True,
        db_index=True,
        validators=[RegexValidator(DATE, "Se escribe así: «2016», «2016-05» o «2016-05-20».")],
        help_text="Lo que se sepa de ella: «2016», «2016-05» o «2016-05-20».",
    )
    url = models.URLField(
        "dirección donde estuvo",
        max_length=LENGTHS["url"],
        blank=True,
        help_text="Puede que ya no responda.",
    )
    topics = models.ManyToManyField(Topic, verbose_name="temas", blank=True, related_name="+")
    note = models.CharField("nota", max_length=LENGTHS["note"], blank=True)
    #: The title as it is searched.
    folded = models.CharField(max_length=320, editable=False)

    class Meta:
        ordering = ["-date", "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "title", "date"], name="archived_once")
        ]
        verbose_name = "publicación anterior"
        verbose_name_plural = "archivo de publicaciones"

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Save with the title as it is searched."""
        self.folded = fold(self.title)[:320]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def year(self) -> str:
        """Return its year; empty where it is not known."""
        return self.date[:4]
