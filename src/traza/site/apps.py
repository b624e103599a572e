"""Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """Pages that gather what every room publishes, and the frame."""

    name = "traza.site"
    label = "site"
    verbose_name = "Sitio"

    def ready(self) -> None:
        """Declare what the site publishes and follow what Wagtail does to pages."""
        from traza.publishing.registry import Section, registry  # models are loaded by now
        from traza.site import agenda, documents, home, ledger, stories
        from traza.site.actions import load_package_pages
        from traza.site.archive_files import load_archive
        from traza.site.cards import place_card, topic_card
        from traza.site.pages import public_paths
        from traza.site.story_files import load_package_stories

        registry.add_paths(self.label, public_paths)
        registry.add_kind("page", one=_("página"), many=_("Páginas"), is_section=False)
        registry.add_kind("news", one=_("noticia"), many=_("Noticias"), is_press=True)
        registry.add_kind("analysis", one=_("análisis"), many=_("Análisis"))
        registry.add_kind("monitor", one=_("monitor"), many=_("Monitores"))
        # A new edition is news of its monitor.
        registry.add_kind("edition", one=_("edición"), many=_("Ediciones"), is_section=False)
        registry.add_kind("study", one=_("estudio"), many=_("Estudios"), most_terms=6_000)
        registry.add_kind("event", one=_("evento"), many=_("Eventos"))
        registry.add_kind("call", one=_("convocatoria"), many=_("Convocatorias"))
        registry.add_card("place", place_card)
        registry.add_card("topic", topic_card)
        registry.add_package_loader(self.label, load_package_pages)
        registry.add_package_loader("archive", load_archive)
        registry.add_package_loader("stories", load_package_stories)
        registry.add_home_section(
            Section(
                "stories",
                60,
                "traza/site/_home_stories.html",
                stories.home_section,
                "Para entender los datos",
            )
        )
        registry.add_home_section(
            Section("agenda", 70, "traza/site/_home_agenda.html", agenda.home_section, "Agenda")
        )
        registry.add_home_section(
            Section("new", 80, "traza/site/_home_new.html", home.new_section, "Lo nuevo y temas")
        )
        registry.add_home_section(
            Section("take", 90, "traza/site/_home_take.html", home.take_section, "Para llevar")
        )
        registry.add_teller(stories.tellers)
        ledger.connect()
        documents.connect()
