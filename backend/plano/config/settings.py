"""Django's settings, from the typed table of options. Nothing here reads an environment variable itself."""

from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF

from plano.config.environment import load

PLANO = load()

SECRET_KEY = PLANO.secret_key
SECRET_KEY_FALLBACKS = [PLANO.secret_key_previous] if PLANO.secret_key_previous else []
DEBUG = False
BASE_URL = PLANO.base_url.rstrip("/")
_PARTS = urlsplit(BASE_URL)
HTTPS = _PARTS.scheme == "https"
_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [_PARTS.hostname or "localhost", *(_LOOPBACK if PLANO.is_loopback else [])]


def _origins() -> set[str]:
    """Exactly the base address; on this machine its loopback spellings too (R-90)."""
    if not PLANO.is_loopback:
        return {BASE_URL}
    port = f":{_PARTS.port}" if _PARTS.port else ""
    return {f"{_PARTS.scheme}://{host}{port}" for host in _LOOPBACK}


ORIGINS = _origins()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "csp",
    "plano.platform.live",
    "plano.platform.audit",
    "plano.accounts",
    "plano.notifications",
    "plano.workspaces",
    "plano.documents",
    "plano.tasks",
    "plano.chat",
    "plano.meetings",
    "plano.calendar",
    "plano.desk",
    "plano.dav",
    "plano.config",
]
MIDDLEWARE = [
    "plano.config.middleware.Entrance",
    "allauth.account.middleware.AccountMiddleware",
    "plano.accounts.middleware.SessionMiddleware",
    "plano.config.middleware.Csrf",
    "plano.config.middleware.Scopes",
    "plano.config.middleware.Language",
]
ROOT_URLCONF = "plano.config.urls"
WSGI_APPLICATION = None
APPEND_SLASH = False
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]


def _database(url: str) -> dict[str, Any]:
    """One PostgreSQL, by address; the embedded one is reached by a folder as `host`."""
    from psycopg.conninfo import conninfo_to_dict

    found = conninfo_to_dict(url)
    options = {key: value for key, value in found.items() if key not in ("dbname", "user", "password", "host", "port")}
    return {
        "ENGINE": "plano.platform.database",
        "NAME": found.get("dbname", "plano"),
        "USER": found.get("user", ""),
        "PASSWORD": unquote(str(found.get("password", ""))),
        "HOST": found.get("host", ""),
        "PORT": str(found.get("port", "")),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2, **options},
    }


DATABASE_URL: str = PLANO.database_url or "postgresql:///plano"
DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "identifier"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
SESSION_ENGINE = "plano.accounts.session_store"
SESSION_COOKIE_NAME = "__Host-plano_session" if HTTPS else "plano_session"
PASSWORD_HASHERS = [
    "plano.accounts.hashers.Hasher",
]
MFA_SUPPORTED_TYPES: list[str] = []  # second factors come with their own release; the tables are there

_PREFIX = "__Host-" if HTTPS else ""
CSRF_COOKIE_NAME = f"{_PREFIX}plano_csrf" if HTTPS else "plano_csrf"
CSRF_HEADER_NAME = "HTTP_X_CSRF_TOKEN"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = sorted(ORIGINS)
CSRF_FAILURE_VIEW = "plano.config.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "plano_language"

SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PLANO.trusted_proxies else None

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "style-src-attr": ["'unsafe-inline'"],  # positions computed by widgets; no selector can be made of it
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "frame-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "manifest-src": [SELF],
    },
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

LOGGING_CONFIG = "plano.platform.logging.configure"
LOGGING = {"level": PLANO.log_level.upper()}
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # XFrameOptionsMiddleware: frame-ancestors in the content policy says it
    "security.W001",  # SecurityMiddleware: config.middleware.Entrance sends these headers
    "security.W003",  # CsrfViewMiddleware: config.middleware.Csrf is a subclass
]
