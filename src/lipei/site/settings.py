"""One typed settings file, read from the environment; it runs with nothing set.

The launcher sets `LIPEI_APP_DSN`, `LIPEI_KEYS_FILE`, `LIPEI_HOME` and `LIPEI_DEMO` for its children.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lipei.launch import places
from lipei.launch.addresses import Address
from lipei.launch.keys import load
from lipei.launch.trouble import KeysTrouble

PACKAGE = Path(__file__).resolve().parents[1]


def _flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "yes", "true", "on"}


def _secret() -> str:
    try:
        return load().secret_key
    except (KeysTrouble, OSError):
        return "no key file: only type checks and catalogues run like this"


SECRET_KEY = _secret()
DEBUG = _flag("LIPEI_DEBUG")
IS_DEMO = _flag("LIPEI_DEMO")
ALLOWED_HOSTS = os.environ.get("LIPEI_HOSTS", "127.0.0.1 localhost [::1] testserver").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("LIPEI_ORIGINS", "").split()
IS_SECURE = _flag("LIPEI_HTTPS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "django_cotton",
    "django_htmx",
    "lipei.site.apps.LipeiConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lipei.site.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lipei.site.door.DoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lipei.site.speech.SpeechMiddleware",
    "lipei.site.refusing.RefusedMiddleware",
]
ROOT_URLCONF = "lipei.site.urls"
ASGI_APPLICATION = "lipei.site.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lipei.site.context.page",
            ],
        },
    }
]
COTTON_ISOLATE_BY_DEFAULT = True
COTTON_DIR = "cotton"

DATABASES = {
    "default": {
        **Address.read(os.environ.get("LIPEI_APP_DSN", "postgresql://lipei_app@127.0.0.1/lipei")).django(),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_ON_APP_READY = "lipei.process.jobs.on_app_ready"

AUTH_USER_MODEL = "lipei.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lipei.site.login.LipeiAccountAdapter"
SOCIALACCOUNT_ADAPTER = "lipei.site.login.LipeiSocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "number"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
OIDC_PROVIDER = "work"
OIDC_CLAIM = os.environ.get("LIPEI_OIDC_CLAIM", "preferred_username")
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": OIDC_PROVIDER,
                    "name": os.environ.get("LIPEI_OIDC_NAME", "OIDC"),
                    "client_id": os.environ["LIPEI_OIDC_CLIENT"],
                    "secret": os.environ.get("LIPEI_OIDC_SECRET", ""),
                    "settings": {"server_url": os.environ.get("LIPEI_OIDC_SERVER", "")},
                }
            ]
        }
    }
    if os.environ.get("LIPEI_OIDC_CLIENT")
    else {}
)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = os.environ.get("LIPEI_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
JURISDICTION = os.environ.get("LIPEI_JURISDICTION", "cn")
SITE_ADDRESS = os.environ.get("LIPEI_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
DEPOSIT = places.deposit_dir()
INSURER_ZH = os.environ.get("LIPEI_INSURER_ZH", "青禾示例保险股份有限公司")
INSURER_EN = os.environ.get("LIPEI_INSURER_EN", "Qinghe Example Insurance Co., Ltd.")
INSURER_PHONE = os.environ.get("LIPEI_INSURER_PHONE", "400-000-0000")

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "object-src": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LIPEI_LOG", "WARNING")},
}
