"""The address of search."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.search import views

urlpatterns = [path("search/", views.search, name="search")]
