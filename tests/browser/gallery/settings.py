"""Settings of the gallery alone: templates, languages and the strict content policy, no database."""

from __future__ import annotations

from pathlib import Path

import lipei

PACKAGE = Path(lipei.__file__).parent
SECRET_KEY = "the gallery keeps no secrets"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.browser.gallery.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "django_cotton", "django_htmx", "lipei", "tests.browser.gallery"]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lipei.site.language.LanguageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {"default-src": ["'self'"], "img-src": ["'self'", "data:"], "style-src": ["'self'"], "script-src": ["'self'"]}
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request", "tests.browser.gallery.views.page"]},
    }
]
COTTON_ISOLATE_BY_DEFAULT = True
DATABASES: dict[str, object] = {}
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
IS_SECURE = False
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
