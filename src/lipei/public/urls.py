"""Addresses of the customer's door."""

from __future__ import annotations

from django.urls import path

from lipei.public import screen, status

urlpatterns = [
    path("status/", status.ask, name="status"),
    path("status/<str:code>/", status.show, name="status"),
    path("status/<str:code>/rate/", status.rate, name="status_rate"),
    path("screen/", screen.screen, name="screen"),
    path("screen/now/", screen.now, name="screen_now"),
    path("screen/answer/", screen.answer, name="screen_answer"),
    path("screen/consent/", screen.consent, name="screen_consent"),
    path("screen/rate/", screen.rate, name="screen_rate"),
    path("screen/language/", screen.language, name="screen_language"),
]
