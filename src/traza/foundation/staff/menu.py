"""The menu of the back office, its style sheet and this room's addresses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from traza.foundation.staff.accounts import may_change
from traza.foundation.staff.audit_log import AuditLog
from traza.foundation.staff.outbox import (
    outbox_cancel,
    outbox_list,
    outbox_message,
    outbox_resume,
    outbox_retry,
    outbox_server,
)
from traza.foundation.staff.people import bring_back_view, remove_factor_view, take_off_view

#: Where Wagtail's own entries stand among ours; what is not here keeps its order.
WAGTAIL_ORDER = {"explorer": 60, "images": 70, "documents": 71}
#: Entries that would repeat ours or speak of Wagtail, not of the work. Of its reports one is of
#: use and has an entry of its own: what is in review.
WAGTAIL_HIDDEN = {"help", "snippets", "reports"}
#: What has an entry of its own, or no use in a site of one institute.
SETTINGS_HIDDEN = {"users", "instituto", "sites", "locales", "collections"}


class PermittedMenuItem(MenuItem):
    """An entry that only those who may open its screen see."""

    def __init__(self, label: Any, url: str, permission: str, **kwargs: Any) -> None:
        super().__init__(label, url, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may open the screen."""
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def admin_urls() -> list[Any]:
    """Return the addresses of this room's screens, below ``/admin/``."""
    return [
        path("bitacora/", AuditLog.as_view(), name="traza_audit_log"),
        path(
            "bitacora/resultados/",
            AuditLog.as_view(results_only=True),
            name="traza_audit_log_results",
        ),
        path("correo/", outbox_list, name="traza_outbox"),
        path("correo/servidor/", outbox_server, name="traza_outbox_server"),
        path("correo/<int:pk>/", outbox_message, name="traza_outbox_message"),
        path("correo/<int:pk>/reintentar/", outbox_retry, name="traza_outbox_retry"),
        path("correo/<int:pk>/cancelar/", outbox_cancel, name="traza_outbox_cancel"),
        path("correo/<int:pk>/reanudar/", outbox_resume, name="traza_outbox_resume"),
        path("users/<int:pk>/baja/", take_off_view, name="traza_take_off"),
        path("users/<int:pk>/alta/", bring_back_view, name="traza_bring_back"),
        path("users/<int:pk>/segundo-factor/", remove_factor_view, name="traza_remove_factor"),
    ]


def _item(
    label: Any, url_name: str, permission: str, icon: str, order: int, *args: Any
) -> Callable[[], MenuItem]:
    def make() -> MenuItem:
        return PermittedMenuItem(
            label, reverse(url_name, args=args), permission, icon_name=icon, order=order
        )

    return make


for _make in (
    _item(gettext_lazy("Escritorio"), "wagtailadmin_home", "wagtailadmin.access_admin", "home", 10),
    _item(
        gettext_lazy("En revisión"),
        "wagtailadmin_reports:workflow",
        "wagtailadmin.access_admin",
        "tasks",
        45,
    ),
    _item(
        gettext_lazy("Instituto"),
        "wagtailsettings:edit",
        "foundation.change_institute",
        "cog",
        80,
        "foundation",
        "institute",
    ),
    _item(gettext_lazy("Bitácora"), "traza_audit_log", "foundation.view_auditentry", "history", 81),
    _item(
        gettext_lazy("Correo saliente"), "traza_outbox", "foundation.view_mailmessage", "mail", 83
    ),
    _item(gettext_lazy("Personas"), "wagtailusers_users:index", "auth.change_user", "user", 82),
):
    hooks.register("register_admin_menu_item", _make)


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def order_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Put Wagtail's entries in their place among ours."""
    items[:] = [item for item in items if item.name not in WAGTAIL_HIDDEN]
    for item in items:
        item.order = WAGTAIL_ORDER.get(item.name, item.order)


@hooks.register("construct_settings_menu")  # type: ignore[untyped-decorator]
def hide_repeated(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out of «Configuración» what has an entry of its own, or no use."""
    items[:] = [item for item in items if item.name not in SETTINGS_HIDDEN]


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def staff_css() -> SafeString:
    """Add the style sheet of our screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("traza/staff.css"))


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def staff_js() -> SafeString:
    """Name the fields that Wagtail leaves without a name."""
    return format_html('<script defer src="{}"></script>', static("traza/editor.js"))


@hooks.register("register_user_listing_buttons")  # type: ignore[untyped-decorator]
def person_buttons(user: Any, request_user: Any) -> list[Button]:
    """Offer, beside each person, to take them off the staff or to help with a lost phone."""
    if user.pk == request_user.pk or not may_change(request_user, user):
        return []
    if not request_user.has_perm("auth.change_user"):
        return []
    if not user.is_active:
        url = reverse("traza_take_off", args=[user.pk])
        return [Button(_("Volver a dar de alta"), url=url, icon_name="login", priority=25)]
    return [
        Button(
            _("Dar de baja"),
            url=reverse("traza_take_off", args=[user.pk]),
            icon_name="logout",
            priority=25,
        ),
        Button(
            _("Quitar el segundo factor"),
            url=reverse("traza_remove_factor", args=[user.pk]),
            icon_name="key",
            priority=26,
        ),
    ]
