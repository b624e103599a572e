"""Facts: current values, their history, alternates, and what is derived from them."""

from django.db import models

from traza.foundation.models import Period
from traza.indicators.models.catalogue import Series
from traza.places.models import Place
from traza.publishing.models import Release


class ObsStatus(models.TextChoices):
    """SDMX ``CL_OBS_STATUS`` 2.2, in the official order of precedence."""

    BREAK = "B", "Cambio de serie"
    MISSING = "O", "Sin dato"
    CANNOT_EXIST = "M", "No aplica"
    NOT_COLLECTED = "L", "No se levantó"
    HOLIDAY = "H", "Sin dato por día inhábil"
    SUPPRESSED = "Q", "Reservado"
    DEROGATION = "J", "Excepción"
    SPECIAL = "S", "Suceso extraordinario"
    DEFINITION_DIFFERS = "D", "Definición distinta"
    INCLUDED_ELSEWHERE = "K", "Incluido en otro dato"
    INCLUDES_OTHER = "W", "Incluye otro dato"
    IMPUTED = "I", "Imputado"
    FORECAST = "F", "Pronóstico"
    ESTIMATED = "E", "Estimado"
    PROVISIONAL = "P", "Provisional"
    NOT_SIGNIFICANT = "N", "No significativo"
    LOW_RELIABILITY = "U", "Poco confiable"
    UNVALIDATED = "V", "Sin validar"
    EXPERIMENTAL = "G", "Experimental"
    NORMAL = "A", "Definitivo"


#: A value is blank if, and only if, its status is one of these.
MISSING_STATUSES = frozenset("OMLHQK")


class Fact(models.Model):
    """Columns of a fact: the value in the unit of its series and what qualifies it.

    ``lower`` and ``upper`` are the bounds of its uncertainty in the same unit; ``conf`` is
    ``CL_CONF_STATUS`` (F free, N not for publication, C confidential).
    """

    value = models.FloatField(null=True)
    status = models.CharField(max_length=1, choices=ObsStatus.choices, default="A")
    conf = models.CharField(max_length=1, default="F")
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    comment = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        abstract = True


class Observation(Fact):
    """A current value. Clustered by (series, period, place); loaded in bulk, never one by one."""

    pk = models.CompositePrimaryKey("series", "period", "place")
    series = models.ForeignKey(
        Series, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    period = models.ForeignKey(
        Period, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    place = models.ForeignKey(
        Place, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    release = models.ForeignKey(
        Release, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    valid_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.series_id}/{self.period_id}/{self.place_id}"


class ObservationHistory(Fact):
    """A value that was current from ``valid_from`` until ``valid_to``. Append-only.

    ``replaced_by`` is the release that superseded or removed it.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, db_index=False, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, db_index=False, related_name="+")
    release = models.ForeignKey(
        Release, null=True, on_delete=models.PROTECT, related_name="superseded_values"
    )
    replaced_by = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="replaced")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["series", "period", "place"], name="history_key")]

    def __str__(self) -> str:
        return f"{self.series_id}/{self.period_id}/{self.place_id} hasta {self.valid_to}"


class AlternateValue(models.Model):
    """A figure that the source also gives for a key whose current value is another.

    Kept and shown with its reason; never merged silently.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="alternates")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    value = models.FloatField()
    comment = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.series_id}/{self.period_id}/{self.place_id}: {self.value}"


class LatestValue(models.Model):
    """The most recent value of each series in each place, derived at publication.

    Clustered by (place, series): the profile of a place is one range.
    ``rank_position`` of ``rank_of`` places of the same level that have this same period.
    """

    pk = models.CompositePrimaryKey("place", "series")
    place = models.ForeignKey(
        Place, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    series = models.ForeignKey(
        Series, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    period = models.ForeignKey(
        Period, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    value = models.FloatField()
    status = models.CharField(max_length=1)
    previous_period = models.ForeignKey(
        Period,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    previous_value = models.FloatField(null=True)
    first_period = models.ForeignKey(
        Period, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    n_periods = models.IntegerField()
    recent = models.JSONField(default=list)
    rank_position = models.IntegerField(null=True)
    rank_of = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.place_id}/{self.series_id}: {self.value}"


class MapSlice(models.Model):
    """All values of one series in one period at one level, as two parallel columns of JSON.

    Derived at publication for series that cover many places: a map or a ranking reads one row.
    """

    pk = models.CompositePrimaryKey("series", "period", "level")
    series = models.ForeignKey(
        Series, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    period = models.ForeignKey(
        Period, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    level = models.CharField(max_length=12)
    n_places = models.IntegerField()
    columns = models.JSONField()

    def __str__(self) -> str:
        return f"{self.series_id}/{self.period_id}/{self.level}"
