"""Addresses of the gallery: `/` all components, then one address for each designed page."""

from __future__ import annotations

from django.urls import path

from tests.browser.gallery import views

urlpatterns = [path("", views.gallery), *(path(f"{name}/", views.drawn, {"name": name}) for name in views.PAGES)]
