"""Django's settings, worked out from what is declared in `settings.declared`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from gongkai.web.settings import declared, logs
from gongkai.web.settings.on_disk import OwnersOnly
from gongkai.web.settings.secret import secret_keys

WEB = Path(__file__).parents[1]
DATA = declared.folder("GONGKAI_DATA")
FILES = DATA / "files"
SECRET_KEY, *SECRET_KEY_FALLBACKS = secret_keys(DATA)
DEBUG = declared.switch("GONGKAI_DEBUG")
ALLOWED_HOSTS = declared.items("GONGKAI_HOSTS")
CSRF_TRUSTED_ORIGINS = declared.items("GONGKAI_ORIGINS")
HTTPS = any(origin.startswith("https://") for origin in CSRF_TRUSTED_ORIGINS)

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(DATA / "gongkai.sqlite3"),
    "OPTIONS": {
        # A transaction takes the write lock when it begins: one that asks for it later fails at once under load.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "factory": OwnersOnly,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    },
}


def _database() -> dict[str, Any]:
    given = declared.text("DATABASE_URL")
    if not given:
        return _SQLITE
    found: dict[str, Any] = dict(dj_database_url.parse(given, conn_max_age=60, conn_health_checks=True))
    return found


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "gongkai.web.audit",
    "gongkai.web.accounts",
    "gongkai.web.agencies",
    "gongkai.web.pages",
    "gongkai.web.files",
    "gongkai.web.notices",
    "gongkai.web.publications",
    "gongkai.web.registers",
    "gongkai.web.reports",
    "gongkai.web.search",
    "gongkai.web.portal",
    "gongkai.web.api",
]
MIDDLEWARE = [
    "gongkai.web.accounts.requests_logged.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.web.accounts.compressed.CompressPublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "gongkai.web.accounts.bodies.SmallUnlessSignedIn",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongkai.web.accounts.sessions.SessionLimits",
    "gongkai.web.accounts.led_back.LedBack",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "gongkai.web.urls"
WSGI_APPLICATION = "gongkai.web.wsgi.application"
FORCE_SCRIPT_NAME = declared.text("GONGKAI_PREFIX") or None
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["gongkai.web.accounts.signin.Accounts"]
LOGIN_URL = "accounts:sign_in"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "gongkai.web.notices.shown.shown",
                "gongkai.web.publications.shown.shown",
                "gongkai.web.portal.frame.frame",
            ],
        },
    }
]

LOGGING = logs.configuration(declared.choice("GONGKAI_LOG_FORMAT"), declared.choice("GONGKAI_LOG_LEVEL"))

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

FORM_RENDERER = "gongkai.web.portal.forms.Rendered"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [WEB / "static"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 500

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = declared.number("GONGKAI_SESSION_HOURS") * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if declared.number("GONGKAI_PROXIES") else None
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names below the site's own may be other offices', whose encryption is not ours to promise
    "security.W008",  # the proxy that ends the encryption redirects; from here the server's own checks would be sent away
    "security.W021",  # entering a name into browsers' lists for good is its owner's decision
]

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"gongkai.web.accounts.password_rules.{rule}"}
    for rule in ("LongEnough", "NotOnesOwnName", "NotCommon", "NotPlain", "NotOnlyDigits", "NotUsedBefore")
]
