"""Django application of the room."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """Catalogue, dumps and sitemap."""

    name = "traza.opendata"
    label = "opendata"
    verbose_name = "Datos abiertos"

    def ready(self) -> None:
        """Declare what open data publishes and the files built after a publication."""
        # Models are loaded by now.
        from traza.foundation.management.commands.tick import DUTIES
        from traza.opendata.dumps import build
        from traza.opendata.pages import public_paths
        from traza.opendata.tasks import refresh_dumps
        from traza.publishing.registry import registry

        registry.add_paths(self.label, public_paths)
        registry.add_artefact_builder("opendata", build)
        DUTIES.append(refresh_dumps)
