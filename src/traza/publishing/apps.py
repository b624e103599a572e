"""Django application of the room."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The ledger of everything published, releases, revision and page store."""

    name = "traza.publishing"
    label = "publishing"
    verbose_name = "Publicación"
