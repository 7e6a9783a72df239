"""Addresses of the machine door: the calls, their machine-readable description, and a page that describes them to people."""

from __future__ import annotations

from django.urls import path

from lipei.api.door import api
from lipei.api.reference import reference

urlpatterns = [
    path("reference/api/", reference, name="api_reference"),
    path("api/v1/", api.urls),
]
