"""The catalogue in the back office: indicators, series, sources, units, topics, code lists."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from traza.indicators.models import Code, Codelist, Indicator, Series, Source, Unit
from traza.indicators.staff.catalogue_forms import IndicatorForm, SeriesForm, UnitForm
from traza.publishing.staff.topics import TopicViewSet
from traza.publishing.staff.viewset import StaffViewSet, yes_column


class IndicatorViewSet(StaffViewSet):
    """What is measured, in words: drafts, review, locking, history and preview."""

    model = Indicator
    icon = "list-ul"
    menu_label = _("Indicadores")
    list_display = [
        "name",
        "axis",
        LiveStatusTagColumn(label=_("Estado")),
        "direction",
        "next_release",
        yes_column("is_archived", _("Archivado")),
    ]
    list_filter = ["axis", "direction", "is_archived", "direction_reviewed"]
    search_fields = ["name", "name_en", "slug"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
                    FieldPanel(
                        "slug",
                        help_text=_(
                            "Con ella se forma la dirección pública. Si cambia, la dirección "
                            "anterior lleva a la nueva."
                        ),
                    ),
                    FieldPanel("definition"),
                    FieldPanel("definition_en"),
                    FieldPanel("formula"),
                    FieldPanel("limits"),
                ],
                heading=_("Qué mide"),
            ),
            ObjectList(
                [
                    FieldPanel("axis"),
                    FieldPanel("topics"),
                    FieldPanel("related"),
                    FieldPanel("order"),
                ],
                heading=_("Temas"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel("direction"), FieldPanel("direction_reviewed")],
                        heading=_("Cómo se lee"),
                    ),
                    FieldPanel("aggregation"),
                    MultiFieldPanel(
                        [
                            FieldPanel("frequency"),
                            FieldRowPanel([FieldPanel("next_release"), FieldPanel("update_days")]),
                            FieldPanel("owner"),
                        ],
                        heading=_("Actualización"),
                    ),
                    FieldPanel("is_archived"),
                    PublishingPanel(),
                ],
                heading=_("Cómo se usa"),
            ),
        ],
        base_form_class=IndicatorForm,
    )


class SeriesViewSet(StaffViewSet):
    """One definition of an indicator: breakdown, source, unit, frequency."""

    model = Series
    icon = "order"
    menu_label = _("Series")
    list_display = [
        "code",
        Column("indicator", label=_("Indicador"), sort_key="indicator__name"),
        "source",
        "unit",
        "freq",
        yes_column("is_headline", _("Principal")),
    ]
    list_filter = ["freq", "is_headline", "unit"]
    search_fields = ["code", "title", "indicator__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("indicator", heading=_("Indicador")),
            FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
            FieldPanel("code"),
            FieldRowPanel([FieldPanel("source"), FieldPanel("unit")]),
            FieldRowPanel([FieldPanel("freq"), FieldPanel("decimals")]),
            FieldPanel("breakdown"),
            FieldPanel("is_headline"),
            FieldPanel("note"),
            FieldPanel("processing"),
        ],
        base_form_class=SeriesForm,
    )


class SourceViewSet(StaffViewSet):
    """Where figures come from."""

    model = Source
    icon = "openquote"
    menu_label = _("Fuentes")
    list_display = ["producer", "title", "code", "date_published"]
    list_filter = ["redistributable"]
    search_fields = ["producer", "title", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("producer"),
            FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
            FieldPanel("code"),
            FieldPanel("citation"),
            FieldRowPanel([FieldPanel("url"), FieldPanel("date_published")]),
            FieldRowPanel([FieldPanel("license"), FieldPanel("license_url")]),
            FieldPanel("redistributable"),
            FieldPanel("note"),
        ]
    )


class UnitViewSet(StaffViewSet):
    """Units of measure and how their figures are written."""

    model = Unit
    icon = "decimal"
    menu_label = _("Unidades")
    list_display = ["name", "symbol", "kind", "multiplier", "decimals"]
    list_filter = ["kind"]
    search_fields = ["name", "code", "symbol", "noun"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
            FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
            FieldRowPanel([FieldPanel("symbol"), FieldPanel("position")]),
            FieldRowPanel([FieldPanel("multiplier"), FieldPanel("decimals")]),
            FieldRowPanel([FieldPanel("per"), FieldPanel("per_en")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("noun"), FieldPanel("noun_plural")]),
                    FieldRowPanel([FieldPanel("noun_en"), FieldPanel("noun_plural_en")]),
                ],
                heading=_("Cómo se nombra en una oración"),
            ),
        ],
        base_form_class=UnitForm,
    )


class CodelistViewSet(StaffViewSet):
    """Lists of codes for breakdowns."""

    model = Codelist
    icon = "list-ol"
    menu_label = _("Listas de códigos")
    list_display = ["code", "name"]
    search_fields = ["code", "name"]
    edit_handler = ObjectList(
        [FieldPanel("code"), FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")])]
    )


class CodeViewSet(StaffViewSet):
    """The codes of the lists."""

    model = Code
    icon = "code"
    menu_label = _("Códigos")
    list_display = ["code", "name", Column("codelist", label=_("Lista")), "order"]
    list_filter = ["codelist"]
    search_fields = ["code", "name", "codelist__code"]
    edit_handler = ObjectList(
        [
            FieldPanel("codelist", heading=_("Lista")),
            FieldPanel("code"),
            FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
            FieldPanel("order"),
        ]
    )


class CatalogueGroup(SnippetViewSetGroup):
    """The entry «Indicadores» of the menu."""

    menu_label = _("Indicadores")
    menu_icon = "list-ul"
    menu_order = 20
    items = (
        IndicatorViewSet,
        SeriesViewSet,
        SourceViewSet,
        UnitViewSet,
        TopicViewSet,
        CodelistViewSet,
        CodeViewSet,
    )
