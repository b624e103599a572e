"""Topics in the back office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from traza.publishing.models import Topic
from traza.publishing.staff.viewset import StaffViewSet
from traza.publishing.standing import TOPIC, forget, refresh_topics

SCHEMES = {"axis": _("Eje"), "tag": _("Etiqueta")}

SCHEME = Column(
    "scheme",
    label=_("Clase"),
    sort_key="scheme",
    accessor=lambda topic: SCHEMES.get(topic.scheme, topic.scheme),
)


class TopicForm(WagtailAdminModelForm):
    """A topic: what it is, is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "scheme" in self.fields:
            others = Topic.objects.exclude(scheme__in=SCHEMES).values_list("scheme", flat=True)
            choices = [*SCHEMES.items(), *((one, one) for one in sorted(set(others)))]
            self.fields["scheme"] = forms.ChoiceField(label=_("Clase"), choices=choices)


class TopicViewSet(StaffViewSet):
    """Axes, tags and entries of other schemes."""

    model = Topic
    icon = "tag"
    menu_label = _("Temas")
    list_display = ["name", "code", SCHEME, "parent", "order"]
    list_filter = ["scheme"]
    search_fields = ["name", "name_en", "code"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
            FieldPanel(
                "code", help_text=_("Con ella se forma la dirección pública: /temas/clave/.")
            ),
            FieldRowPanel([FieldPanel("scheme"), FieldPanel("parent"), FieldPanel("order")]),
        ],
        base_form_class=TopicForm,
    )

    @staticmethod
    def follow_change(topic: Topic, user: Any) -> None:
        """Keep the topic's line of the ledger true to its name and address."""
        refresh_topics([topic], actor=user)

    @staticmethod
    def before_deleting(topic: Topic, user: Any) -> None:
        """Take the topic's line from the public."""
        forget(TOPIC, topic.code, actor=user)
