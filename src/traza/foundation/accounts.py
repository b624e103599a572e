"""How staff sign in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: an administrator enters staff."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: registration is closed."""
        return False
