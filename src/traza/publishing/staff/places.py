"""Places, their other names and their groups in the back office.

They stand here and not in their own room because changing one is a public change.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from traza.places.models import Membership, Place, PlaceName
from traza.publishing.staff.viewset import StaffViewSet
from traza.publishing.standing import PLACE, forget, refresh_places

POPULATION = NumberColumn(
    "population",
    label=_("Población"),
    sort_key="population",
    accessor=lambda place: "" if place.population is None else place.population,
)


class PlaceViewSet(StaffViewSet):
    """Municipalities, states, metropolitan areas and other places."""

    model = Place
    icon = "thumbtack"
    menu_label = _("Lugares")
    list_display = ["name", "code", "level", "parent", POPULATION]
    list_filter = ["level"]
    search_fields = ["name", "code", "name_en"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
            FieldRowPanel([FieldPanel("code"), FieldPanel("level"), FieldPanel("parent")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("population"), FieldPanel("population_period")]),
                    FieldRowPanel([FieldPanel("area_km2"), FieldPanel("lat"), FieldPanel("lon")]),
                ],
                heading=_("Tamaño y posición"),
            ),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        ]
    )

    @staticmethod
    def follow_change(place: Place, user: Any) -> None:
        """Keep the ledger true to the name of the place, also where it is named as above."""
        inside = Place.objects.filter(parent=place).select_related("parent")
        refresh_places([place, *inside], actor=user)

    @staticmethod
    def before_deleting(place: Place, user: Any) -> None:
        """Take the place's line from the public."""
        forget(PLACE, place.code, actor=user)


class PlaceNameViewSet(StaffViewSet):
    """Other names by which a place is found."""

    model = PlaceName
    icon = "title"
    menu_label = _("Otros nombres")
    list_display = ["name", Column("place", label=_("Lugar")), "kind", "lang"]
    list_filter = ["kind"]
    search_fields = ["name", "place__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("place", heading=_("Lugar")),
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("lang")]),
        ]
    )

    @staticmethod
    def follow_change(name: PlaceName, user: Any) -> None:
        """Let the place be found by its other name."""
        refresh_places([name.place], actor=user)


class MembershipViewSet(StaffViewSet):
    """Which municipalities make up a metropolitan area, and since when."""

    model = Membership
    icon = "group"
    menu_label = _("Zonas metropolitanas")
    list_display = [
        # The first is a name of Wagtail's, not a column of our own: it leads to the form.
        "__str__",
        Column("group", label=_("Zona metropolitana"), sort_key="group__name"),
        "valid_from",
        "valid_to",
    ]
    search_fields = ["group__name", "member__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("group", heading=_("Zona metropolitana")),
            FieldPanel("member", heading=_("Municipio")),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            FieldPanel("source"),
        ]
    )


class PlacesGroup(SnippetViewSetGroup):
    """The entry «Lugares» of the menu."""

    menu_label = _("Lugares")
    menu_icon = "thumbtack"
    menu_order = 50
    items = (PlaceViewSet, PlaceNameViewSet, MembershipViewSet)
