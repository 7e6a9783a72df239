"""Addresses of the customer's door."""

from __future__ import annotations

from django.urls import path

from lipei.public import display, kiosk, receipt, status

urlpatterns = [
    path("status/", status.ask, name="status"),
    path("status/<str:code>/", status.show, name="status"),
    path("r/", receipt.ask, name="receipt_check"),
    path("r/<str:number>/<str:fingerprint>/", receipt.show, name="receipt_check"),
    path("kiosk/<str:branch>/", kiosk.start, name="kiosk"),
    path("kiosk/<str:branch>/take/", kiosk.take, name="kiosk_take"),
    path("kiosk/<str:branch>/help/", kiosk.help_wanted, name="kiosk_help"),
    path("kiosk/<str:branch>/appointment/", kiosk.appointment, name="kiosk_appointment"),
    path("kiosk/<str:branch>/ticket/<str:code>/", kiosk.ticket, name="kiosk_ticket"),
    path("ticket/<str:code>/", kiosk.own_ticket, name="ticket"),
    path("display/<str:branch>/", display.show, name="display"),
    path("display/<str:branch>/stream/", display.stream, name="hall_stream"),
]
