"""Django application of the room."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class FoundationConfig(AppConfig):
    """What every room needs and none owns."""

    name = "traza.foundation"
    label = "foundation"
    verbose_name = "Cimientos"
    default = True

    def ready(self) -> None:
        """Follow what Wagtail notes in its own logs, and who signs in."""
        from traza.foundation import audit_bridge, second_factor  # noqa: F401  (need the models)

        audit_bridge.connect()


class StaffAccountsConfig(WagtailUsersAppConfig):
    """Wagtail's own application of people, with our screens in it."""

    user_viewset = "traza.foundation.staff.accounts.PeopleViewSet"
