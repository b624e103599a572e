"""Territory: places with their codes, names, outlines and membership over time."""

from django.core.exceptions import ValidationError
from django.db import models

from traza.stats.text import fold, slugify, sort_key


class Level(models.TextChoices):
    """Levels of territory, from the world to a block."""

    WORLD = "world", "Mundo"
    GROUP = "group", "Grupo de países"
    COUNTRY = "country", "País"
    STATE = "state", "Estado"
    METRO = "metro", "Zona metropolitana"
    MUNICIPALITY = "municipality", "Municipio"
    LOCALITY = "locality", "Localidad"
    COLONIA = "colonia", "Colonia"
    AGEB = "ageb", "AGEB"
    BLOCK = "block", "Manzana"


class Place(models.Model):
    """A territory that figures speak of.

    ``code`` is INEGI's CVEGEO (``05``, ``05035``), ISO 3166-1 alpha-3 for countries, ``WLD`` for
    the world and a short key such as ``zml`` for a metropolitan area. Coordinates are lon, lat in
    EPSG:4326; area in square kilometres; population is the latest census count, kept here only
    for ordering and size (its series are indicators).
    """

    code = models.CharField("clave", max_length=60, unique=True)
    level = models.CharField("nivel", max_length=12, choices=Level.choices, db_index=True)
    name = models.CharField("nombre", max_length=160)
    name_en = models.CharField("nombre en inglés", max_length=160, blank=True)
    folded = models.CharField(max_length=160, db_index=True, editable=False)
    sort_key = models.CharField(max_length=170, editable=False)
    slug = models.CharField(max_length=160, editable=False)
    parent = models.ForeignKey(
        "self",
        verbose_name="pertenece a",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    valid_from = models.DateField("existe desde", null=True, blank=True)
    valid_to = models.DateField("existió hasta", null=True, blank=True)
    population = models.BigIntegerField("población", null=True, blank=True)
    population_period = models.CharField("periodo de la población", max_length=16, blank=True)
    area_km2 = models.FloatField("superficie (km²)", null=True, blank=True)
    lon = models.FloatField("longitud", null=True, blank=True)
    lat = models.FloatField("latitud", null=True, blank=True)

    class Meta:
        ordering = ["sort_key"]
        verbose_name = "lugar"
        verbose_name_plural = "lugares"

    def __str__(self) -> str:
        return self.name

    def derive_keys(self) -> None:
        """Fill the folded, sorting and address forms of the name."""
        self.folded = fold(self.name)
        self.sort_key = sort_key(self.name)
        self.slug = slugify(self.name)

    def save(self, *args: object, **kwargs: object) -> None:
        """Save with the derived forms of the name."""
        self.derive_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def path(self) -> str:
        """Return the place's public address without language, e.g. ``/lugares/05035-torreon/``."""
        return f"/lugares/{self.code.lower()}-{self.slug}/"


class PlaceName(models.Model):
    """Another name by which a place is found: official, former, alias, key, English."""

    class Kind(models.TextChoices):
        """What sort of name it is."""

        OFFICIAL = "official", "Oficial"
        ALIAS = "alias", "Otro nombre"
        FORMER = "former", "Anterior"
        KEY = "key", "Clave"
        ENGLISH = "en", "En inglés"

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")
    name = models.CharField("nombre", max_length=160)
    folded = models.CharField(max_length=160, db_index=True, editable=False)
    kind = models.CharField("clase", max_length=10, choices=Kind.choices, default=Kind.ALIAS)
    lang = models.CharField("idioma", max_length=5, default="es")

    class Meta:
        verbose_name = "otro nombre"
        verbose_name_plural = "otros nombres"
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "kind"], name="place_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Save with the folded form."""
        self.folded = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Membership(models.Model):
    """A place belongs to a group (a metropolitan area) during a time."""

    group = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="members")
    member = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="groups")
    valid_from = models.DateField("desde", null=True, blank=True)
    valid_to = models.DateField("hasta", null=True, blank=True)
    source = models.CharField("fuente", max_length=240, blank=True)

    class Meta:
        verbose_name = "pertenencia"
        verbose_name_plural = "pertenencias"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member", "valid_from"], name="membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} en {self.group}"

    def clean(self) -> None:
        """Refuse a time that ends before it begins, and belonging twice at the same time.

        Raises ValidationError, on the field to be mended.
        """
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "Termina antes de que empiece."})
        others = Membership.objects.filter(group=self.group_id, member=self.member_id)
        for other in others.exclude(pk=self.pk):
            ends_before = other.valid_to and self.valid_from and other.valid_to < self.valid_from
            begins_after = self.valid_to and other.valid_from and self.valid_to < other.valid_from
            if not (ends_before or begins_after):
                raise ValidationError({"member": "Ya pertenece a esa zona en esas fechas."})


class PlaceGeometry(models.Model):
    """The outline of a place, simplified for one use; GeoJSON geometry, lon lat EPSG:4326."""

    class Purpose(models.TextChoices):
        """What the outline is drawn for."""

        OUTLINE = "outline", "Contorno de su página"
        MAP = "map", "Mapa temático"

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="geometries")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    geometry = models.JSONField()

    class Meta:
        verbose_name = "contorno"
        verbose_name_plural = "contornos"
        constraints = [
            models.UniqueConstraint(fields=["place", "purpose"], name="geometry_once_per_purpose")
        ]

    def __str__(self) -> str:
        return f"{self.place} ({self.purpose})"
