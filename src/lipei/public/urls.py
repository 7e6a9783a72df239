"""Addresses of the customer's door."""

from __future__ import annotations

from django.urls import path

from lipei.public import status

urlpatterns = [
    path("status/", status.ask, name="status"),
    path("status/<str:code>/", status.show, name="status"),
]
