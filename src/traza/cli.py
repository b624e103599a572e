"""The ``traza`` command. What it does not know itself it hands to Django."""

import os
import sys


def main() -> None:
    """Run ``traza <command>``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traza.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["traza", *sys.argv[1:]])
