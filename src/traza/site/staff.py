"""The back office of pages."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from traza.participation.actions.becoming import can_become
from traza.site.received_studies import STUDY


@hooks.register("construct_page_action_menu")  # type: ignore[untyped-decorator]
def approving_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer first what a reviewer came to do, as with cards."""
    items.sort(key=lambda item: item.name != "approve")


can_become(STUDY)
