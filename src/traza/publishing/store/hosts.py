"""Which names the site answers to, so that nobody fills or poisons the store with others."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.http.request import split_domain_port, validate_host


class Hosts:
    """Maps a Host header to the name that pages are kept under, or None for a stranger's.

    Ports and letter case make no difference; names that only a wildcard allows share the pages
    of the site's own name. Absolute addresses in pages come from ``base_url``, never from here.
    """

    def __init__(self, allowed: Sequence[str], base_url: str) -> None:
        parts = urlsplit(base_url)
        self.scheme = parts.scheme
        self.canonical = (parts.hostname or "localhost").lower()
        self._netloc = parts.netloc
        self._allowed = list(allowed)
        self._exact = {name.lower() for name in allowed}
        self._known: dict[str, str | None] = {}

    def get(self, header: str) -> str | None:
        """Return the name for a Host header, or None where it is not allowed."""
        try:
            return self._known[header]
        except KeyError:
            name = self._look_up(header)
            if len(self._known) < 1000:
                self._known[header] = name
            return name

    def _look_up(self, header: str) -> str | None:
        domain, _port = split_domain_port(header)
        if not domain:
            return None
        if domain in self._exact:
            return domain
        return self.canonical if validate_host(domain, self._allowed) else None

    def rendered_as(self, name: str) -> str:
        """Return the Host header that Django sees when it renders for ``name``."""
        return self._netloc if name == self.canonical else name
