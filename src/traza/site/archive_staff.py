"""The archive in the back office: one entry at a time; many come in a data package."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from traza.publishing.staff.viewset import StaffViewSet
from traza.site.models import ArchiveEntry


class ArchiveViewSet(StaffViewSet):
    """Titles published before, elsewhere."""

    model = ArchiveEntry
    icon = "history"
    menu_label = _("Archivo")
    menu_order = 61
    add_to_admin_menu = True
    list_display = ["title", "kind", "date"]
    list_filter = ["kind"]
    search_fields = ["title", "kind", "date"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("kind_en"), FieldPanel("date")]),
            FieldPanel("url"),
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            FieldPanel("note"),
        ]
    )
