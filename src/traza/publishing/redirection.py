"""Addresses that moved: one step from every former address to the present one, for ever."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from traza.publishing.models import Publication, Redirect


class RedirectLoop(ValueError):
    """An address would lead to itself."""


def add_redirect(old: str, new: str) -> Redirect:
    """Lead a former address to the present one; both without language prefix.

    Former redirects to ``old`` are turned to the final address, so that no chain arises. When
    ``old`` is still the address of something public, this is a move: ``new`` is about to live,
    and a redirect that left it is dropped (things may move back).

    Raises:
        RedirectLoop: the address would lead to itself.
        ValueError: one of the two is no path of this site.
    """
    for path in (old, new):
        if not path.startswith("/") or path.startswith("//") or len(path) > 300:
            raise ValueError(_("«%s» no es una dirección de este sitio.") % path)
    if old == new:
        raise RedirectLoop(_("«%s» llevaría a sí misma.") % old)
    if Publication.objects.filter(path=old, is_public=True).exists():
        Redirect.objects.filter(old_path=new).delete()
        target = new
    else:
        target = final_address(new)
        if target == old:
            raise RedirectLoop(
                _("«%(old)s» llevaría a «%(new)s» y esta de vuelta a la primera.")
                % {"old": old, "new": new}
            )
    Redirect.objects.filter(new_path=old).exclude(old_path=target).update(new_path=target)
    redirect, _created = Redirect.objects.update_or_create(
        old_path=old, defaults={"new_path": target}
    )
    return redirect


def final_address(path: str) -> str:
    """Return where an address leads now: itself, or the end of its redirects."""
    seen = {path}
    while True:
        step = Redirect.objects.filter(old_path=path).values_list("new_path", flat=True).first()
        if step is None or step in seen:
            return path
        seen.add(step)
        path = step


def free_addresses(paths: Collection[str]) -> None:
    """Drop the redirects that leave addresses where something lives again."""
    listed = list(paths)
    for start in range(0, len(listed), 400):
        Redirect.objects.filter(old_path__in=listed[start : start + 400]).delete()
