"""Settings of the tests: a data folder of their own, fast hashing, tasks run where they are."""

import os
import tempfile

os.environ.setdefault("TRAZA_HOME", tempfile.mkdtemp(prefix="traza-tests-"))
os.environ.setdefault("TRAZA_BASE_URL", "http://testserver")

from traza.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
