"""Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinConfig(AppConfig):
    """Who follows what, the digests of the ledger, and the issues of the bulletin."""

    name = "traza.bulletin"
    label = "bulletin"
    verbose_name = "Boletín"

    def ready(self) -> None:
        """Declare the addresses, the kind, and what is due every minute."""
        from traza.bulletin.actions import (  # models are loaded by now
            cut_due,
            forget_what_is_due,
            note_bounces,
            tell_due,
        )
        from traza.bulletin.loading import load_issues
        from traza.bulletin.models.issue import KIND
        from traza.bulletin.pages import public_paths
        from traza.foundation.management.commands.tick import DUTIES, send_mail
        from traza.publishing.registry import registry

        # What is told now is mailed in the same minute.
        at = DUTIES.index(send_mail)
        DUTIES[at:at] = [note_bounces, forget_what_is_due, cut_due, tell_due]
        registry.add_paths(self.label, public_paths)
        registry.add_kind(
            KIND,
            one=_("número del boletín"),
            many=_("Boletín"),
            most_terms=2000,
            is_press=True,
            is_section=False,  # whoever wants it subscribes to the bulletin
        )
        registry.add_package_loader(self.label, load_issues)
