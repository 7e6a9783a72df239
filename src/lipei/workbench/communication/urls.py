"""Addresses of letters and contacts."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.communication import coaching, views
from lipei.workbench.hinting import speech_check

urlpatterns = [
    path("speech/check", speech_check, name="speech_check"),
    path("coaching/", coaching.coaching, name="coaching"),
    path("coaching/keep", coaching.keep, name="coaching_keep"),
    path("coaching/<uuid:uuid>/", coaching.card, name="coaching_card"),
    path("coaching/<uuid:uuid>/share", coaching.share, name="coaching_share"),
    path("claims/<str:number>/letters/", views.claim_letters, name="claim_letters"),
    path("letters/<uuid:uuid>/pdf", views.letter_file, name="letter_pdf"),
    path("letters/<uuid:uuid>/delivered/", views.delivered, name="letter_delivered"),
]
