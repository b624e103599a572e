"""Places, their other names and their groups in the back office.

They stand here and not in their own room because changing one is a public change.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from traza.places.models import Membership, Place, PlaceName
from traza.publishing.staff.viewset import StaffViewSet


class PlaceViewSet(StaffViewSet):
    """Municipalities, states, metropolitan areas and other places."""

    model = Place
    icon = "thumbtack"
    menu_label = _("Lugares")
    list_display = ["name", "code", "level", "parent", "population"]
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


class PlaceNameViewSet(StaffViewSet):
    """Other names by which a place is found."""

    model = PlaceName
    icon = "title"
    menu_label = _("Otros nombres")
    list_display = ["name", "place", "kind", "lang"]
    list_filter = ["kind"]
    search_fields = ["name", "place__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("place"),
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("lang")]),
        ]
    )


class MembershipViewSet(StaffViewSet):
    """Which municipalities make up a metropolitan area, and since when."""

    model = Membership
    icon = "group"
    menu_label = _("Zonas metropolitanas")
    list_display = ["group", "member", "valid_from", "valid_to"]
    search_fields = ["group__name", "member__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("group"),
            FieldPanel("member"),
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
