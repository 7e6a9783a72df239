"""Addresses of the customer's door."""

from __future__ import annotations

from django.urls import path

from lipei.public import receipt, status

urlpatterns = [
    path("status/", status.ask, name="status"),
    path("status/<str:code>/", status.show, name="status"),
    path("r/", receipt.ask, name="receipt_check"),
    path("r/<str:number>/<str:fingerprint>/", receipt.show, name="receipt_check"),
]
