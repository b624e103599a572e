"""Topics in the back office."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from traza.publishing.models import Topic
from traza.publishing.staff.viewset import StaffViewSet
from traza.publishing.standing import TOPIC, forget, refresh_topics


class TopicViewSet(StaffViewSet):
    """Axes, tags and entries of other schemes."""

    model = Topic
    icon = "tag"
    menu_label = _("Temas")
    list_display = ["name", "code", "scheme", "parent", "order"]
    list_filter = ["scheme"]
    search_fields = ["name", "name_en", "code"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
            FieldPanel(
                "code", help_text=_("Con ella se forma la dirección pública: /temas/clave/.")
            ),
            FieldRowPanel([FieldPanel("scheme"), FieldPanel("parent"), FieldPanel("order")]),
        ]
    )

    @staticmethod
    def follow_change(topic: Topic, user: Any) -> None:
        """Keep the topic's line of the ledger true to its name and address."""
        refresh_topics([topic], actor=user)

    @staticmethod
    def before_deleting(topic: Topic, user: Any) -> None:
        """Take the topic's line from the public."""
        forget(TOPIC, topic.code, actor=user)
