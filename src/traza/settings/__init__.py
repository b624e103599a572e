"""Settings, assembled from the environment with safe defaults.

``TRAZA_HOME`` is the data folder (database, media, stored pages, backups, secret key). Whoever
runs Traza sets variables; nobody edits this file. The list is documented in ``docs/operation.md``.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from traza.settings import env
from traza.settings.build import build_of
from traza.settings.mail import dkim_key, mail_security
from traza.settings.security import check_production, secret_key

PACKAGE = Path(__file__).resolve().parent.parent

TRAZA_HOME = Path(env.text("TRAZA_HOME", "datos")).resolve()
# Accounts and the secret key live in it: nobody else on the machine looks inside.
TRAZA_HOME.mkdir(mode=0o750, parents=True, exist_ok=True)
# "demo" (default) serves on this machine; "production" refuses to start unsafe.
TRAZA_ENV = env.choice("TRAZA_ENV", ("demo", "production"))
DEBUG = env.flag("TRAZA_DEBUG")
TRAZA_BASE_URL = env.text("TRAZA_BASE_URL", "http://localhost:8000").rstrip("/")
BASE_HOST = urlsplit(TRAZA_BASE_URL).hostname or "localhost"
ALLOWED_HOSTS = env.words("TRAZA_ALLOWED_HOSTS") or sorted(
    {BASE_HOST, "localhost", "127.0.0.1", "[::1]"} if TRAZA_ENV != "production" else {BASE_HOST}
)
SECRET_KEY = secret_key(TRAZA_HOME, env.text("TRAZA_SECRET_KEY"))
# Part of the page store's key: pages that another build of the code rendered are not served.
TRAZA_BUILD = env.text("TRAZA_BUILD") or build_of(PACKAGE)
TRAZA_REQUIRE_MFA = env.flag("TRAZA_REQUIRE_MFA", TRAZA_ENV == "production")
# How long who wrote is remembered after a message is closed.
TRAZA_KEEP_IDENTITY_DAYS = env.integer("TRAZA_KEEP_IDENTITY_DAYS", 365)
TRAZA_MAX_UPLOAD_MB = env.integer("TRAZA_MAX_UPLOAD_MB", 40)

INSTALLED_APPS = [
    "traza.foundation",
    "traza.places",
    "traza.publishing",
    "traza.indicators",
    "traza.participation",
    "traza.bulletin",
    "traza.opendata",
    "traza.site",
    "traza.design",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "traza.foundation.apps.StaffAccountsConfig",  # wagtail.users with our screens of people
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "traza.foundation.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "traza.publishing.redirects.RedirectMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "traza.foundation.middleware.RequireSecondFactor",
]

ROOT_URLCONF = "traza.urls"
WSGI_APPLICATION = "traza.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "traza.foundation.context.institute",
                "traza.site.context.frame",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", TRAZA_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "es-mx"
LANGUAGES = [("es-mx", "Español"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = env.text("TRAZA_TIME_ZONE", "America/Monterrey")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = TRAZA_HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = TRAZA_HOME / "media"
STORAGES = {
    "default": {"BACKEND": "traza.foundation.media_names.MediaStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o640

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "traza_cache",
    }
}

# Staff: one login for pages and data; its cookies never reach a public page.
SESSION_COOKIE_PATH = "/admin/"
CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_NAME = "traza_staff"
CSRF_COOKIE_NAME = "traza_csrf"
SESSION_COOKIE_HTTPONLY = True
# A working day; the browser forgets it when it closes.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TRAZA_BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [TRAZA_BASE_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if TRAZA_BASE_URL.startswith("https://"):
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/admin/cuenta/login/"
LOGIN_REDIRECT_URL = "/admin/"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
ACCOUNT_ADAPTER = "traza.foundation.accounts.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {"login_failed": "8/5m/key,30/5m/ip", "reset_password": "10/h/ip,3/h/key"}
# How many proxies of ours stand in front: limits by address read it from the last of them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRAZA_PROXIES", 0)
MFA_ADAPTER = "traza.foundation.accounts.StaffMFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator wrote the address
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# What Django, Wagtail and allauth mail goes through the outbox like any room's mail.
EMAIL_BACKEND = "traza.foundation.mail.backend.OutboxBackend"
# No server: each mail is a file in TRAZA_HOME/mail, and the back office shows it.
TRAZA_EMAIL_HOST = env.text("TRAZA_EMAIL_HOST")
TRAZA_EMAIL_PORT = env.integer("TRAZA_EMAIL_PORT", 25)
TRAZA_EMAIL_USER = env.text("TRAZA_EMAIL_USER")
TRAZA_EMAIL_PASSWORD = env.text("TRAZA_EMAIL_PASSWORD")
TRAZA_EMAIL_SECURITY = mail_security()
TRAZA_DKIM_SELECTOR, TRAZA_DKIM_KEY = dkim_key()
TRAZA_EMAIL_TIMEOUT = env.integer("TRAZA_EMAIL_TIMEOUT", 60)
# Messages a minute, in all and to each domain; 0: no limit.
TRAZA_EMAIL_PER_MINUTE = env.integer("TRAZA_EMAIL_PER_MINUTE", 60)
TRAZA_EMAIL_PER_DOMAIN = env.integer("TRAZA_EMAIL_PER_DOMAIN", 30)
TRAZA_EMAIL_KEEP_DAYS = env.integer("TRAZA_EMAIL_KEEP_DAYS", 30)
DEFAULT_FROM_EMAIL = env.text("TRAZA_EMAIL_FROM", f"no-responder@{BASE_HOST}")

WAGTAIL_SITE_NAME = "Traza"
WAGTAILADMIN_BASE_URL = TRAZA_BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("es", "Español"), ("en", "English")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_USAGE_COUNT_ENABLED = False
# Those of Mexico and the institute's own: the system's list has names that browsers do not know.
WAGTAIL_USER_TIME_ZONES = sorted(
    {
        TIME_ZONE,
        "America/Cancun",
        "America/Chihuahua",
        "America/Ciudad_Juarez",
        "America/Hermosillo",
        "America/Matamoros",
        "America/Mazatlan",
        "America/Merida",
        "America/Mexico_City",
        "America/Monterrey",
        "America/Ojinaga",
        "America/Tijuana",
        "UTC",
    }
)
# The file server gives them, so that none can run as a page of the site.
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "traza.site.document_form.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "key", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["stderr"], "level": env.text("TRAZA_LOG_LEVEL", "WARNING")},
}

if TRAZA_ENV == "production":
    check_production(
        debug=DEBUG,
        base_url=TRAZA_BASE_URL,
        secret=SECRET_KEY,
        hosts=ALLOWED_HOSTS,
    )
