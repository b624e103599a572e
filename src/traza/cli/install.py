"""Preparing a data folder: database, cache table, static files, roles, the first person.

Every step may be repeated: it does what is missing and leaves the rest.
"""

import io
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from traza.cli.say import fail, say
from traza.foundation import audit
from traza.foundation.models import Institute
from traza.foundation.roles import ROLES, create_roles
from traza.publishing.revision import public_change
from traza.publishing.store.files import precompress
from traza.site.actions import ensure_home


@dataclass
class Login:
    """The person made by ``ensure_admin``; no password where it existed already."""

    username: str
    password: str = ""


def require_home() -> None:
    """Leave with a sentence where no site has been begun in the data folder."""
    if "publishing_revision" not in connection.introspection.table_names():
        fail("La carpeta de datos está vacía. Antes va «traza init» o «traza demo».")


def prepare_home() -> None:
    """Make folders, tables, roles and the home page."""
    home = Path(settings.TRAZA_HOME)
    for name in ("media", "pages", "backups", "static"):
        (home / name).mkdir(parents=True, exist_ok=True)
    _migrate()
    if "traza_cache" not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    precompress(Path(settings.STATIC_ROOT))
    create_roles()
    ensure_home()


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Base de datos: {len(plan)} cambios de estructura (unos segundos)…")
        call_command("migrate", interactive=False, verbosity=0, stdout=io.StringIO())


def set_institute(values: dict[str, Any]) -> Institute:
    """Write the institute's settings; unknown names are ignored, bad ones are explained."""
    institute = Institute.objects.first() or Institute()
    before = {name: getattr(institute, name) for name in values if hasattr(institute, name)}
    for name in before:
        setattr(institute, name, values[name])
    try:
        institute.full_clean()
    except ValidationError as error:
        words = "; ".join(f"{k}: {' '.join(v)}" for k, v in error.message_dict.items())
        fail(f"No se pueden guardar los datos del instituto: {words}")
    changed = any(before[name] != getattr(institute, name) for name in before)
    if institute.pk is None or changed:
        with public_change():
            institute.save()
    return institute


def ensure_admin(username: str, email: str = "", password: str = "") -> Login:
    """Make the first administrator unless that person exists; return the login."""
    model = get_user_model()
    if model.objects.filter(username=username).exists():
        return Login(username)
    password = password or secrets.token_urlsafe(12)
    user = model.objects.create_superuser(username=username, email=email, password=password)
    user.groups.add(*Group.objects.filter(name__in=[role.name for role in ROLES]))
    audit.record(None, "person.created", user)
    return Login(username, password)
