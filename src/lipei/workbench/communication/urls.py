"""Addresses of letters and contacts."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.communication import views
from lipei.workbench.hinting import speech_check

urlpatterns = [
    path("speech/check", speech_check, name="speech_check"),
    path("claims/<str:number>/letters/", views.claim_letters, name="claim_letters"),
    path("letters/<uuid:uuid>/pdf", views.letter_file, name="letter_pdf"),
    path("letters/<uuid:uuid>/delivered/", views.delivered, name="letter_delivered"),
]
