"""Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """The ledger of everything published, releases, revision and page store."""

    name = "traza.publishing"
    label = "publishing"
    verbose_name = "Publicación"

    def ready(self) -> None:
        """Raise the revision where no person does: on changed settings and on a new day."""
        from django.db.models.signals import post_save  # models are loaded by now

        from traza.foundation.health import probes
        from traza.foundation.management.commands.tick import DUTIES
        from traza.foundation.models import Institute
        from traza.publishing.pages import public_paths
        from traza.publishing.registry import registry
        from traza.publishing.revision import current_revision, institute_changed, new_day
        from traza.publishing.schedule import publish_scheduled

        probes["revision"] = current_revision
        DUTIES.append(new_day)  # a silence that began or ended last night counts first
        DUTIES.append(publish_scheduled)
        registry.add_paths(self.label, public_paths)
        registry.add_kind("topic", one=_("tema"), many=_("Temas"), is_section=False)
        registry.add_kind("place", one=_("lugar"), many=_("Lugares"), is_section=False)
        post_save.connect(institute_changed, sender=Institute, dispatch_uid="traza.institute")
