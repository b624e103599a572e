"""WSGI entry point: the page store in front of Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traza.settings")

django_application = get_wsgi_application()

# Imported once Django is set up.
from traza.publishing.store.assemble import page_store  # noqa: E402

application = page_store(django_application)
