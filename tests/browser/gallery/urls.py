"""Addresses of the gallery: `/` all components, then one address for each designed page."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.hinting import speech_check
from tests.browser.gallery import views

urlpatterns = [
    path("", views.gallery),
    path("speech/check", speech_check, name="speech_check"),
    *(path(f"{name}/", views.drawn, {"name": name}) for name in views.PAGES),
]
