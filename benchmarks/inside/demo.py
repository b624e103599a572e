"""Prepare a data folder with the demo in it, not published; tell its public addresses."""

from pathlib import Path

import django
from django.conf import settings

django.setup()

from benchmarks.inside import tell  # noqa: E402
from traza.cli.demo import find_package, load  # noqa: E402
from traza.cli.install import prepare_home  # noqa: E402
from traza.publishing.models import Publication  # noqa: E402
from traza.publishing.publication import eager_paths  # noqa: E402


def main() -> None:
    """Load what is missing; an interrupted load goes on."""
    package = find_package()
    if package is None:
        raise SystemExit("no data package: set TRAZA_DEMO or run from the project's folder")
    prepare_home()
    # A package that changed meanwhile must not be loaded again over what is being measured.
    if not (Path(settings.TRAZA_HOME) / "demo-loaded.json").exists():
        load(package)
    indicators = Publication.objects.filter(kind="indicator", is_public=True).order_by("key")
    tell(
        {
            "indicators": list(indicators.values_list("path", flat=True)),
            "eager": eager_paths(),
        }
    )


if __name__ == "__main__":
    main()
