"""Django application of the room."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """Catalogue, dumps and sitemap."""

    name = "traza.opendata"
    label = "opendata"
    verbose_name = "Datos abiertos"

    def ready(self) -> None:
        """Declare what open data publishes and the files built after a publication."""
        from traza.opendata.dumps import build  # models are loaded by now
        from traza.opendata.pages import public_paths
        from traza.publishing.registry import registry

        registry.add_paths(self.label, public_paths)
        registry.add_artefact_builder("opendata", build)
