"""Addresses of the customer's door."""

from __future__ import annotations

from django.urls import path

from lipei.public import display, kiosk, reaching_us, receipt, screen, status

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
    path("status/<str:code>/rate/", status.rate, name="status_rate"),
    path("status/<str:code>/message/", reaching_us.message, name="status_message"),
    path("status/<str:code>/paper/", reaching_us.paper, name="status_paper"),
    path("screen/", screen.screen, name="screen"),
    path("screen/now/", screen.now, name="screen_now"),
    path("screen/answer/", screen.answer, name="screen_answer"),
    path("screen/consent/", screen.consent, name="screen_consent"),
    path("screen/rate/", screen.rate, name="screen_rate"),
    path("screen/language/", screen.language, name="screen_language"),
]
