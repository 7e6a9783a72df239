"""Addresses of the front desk."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.frontdesk import (
    asking,
    calm_views,
    floor_views,
    papers_printed,
    practising,
    queueing,
    views,
    visitor_views,
)

CLAIM_STATIONS = ("identity", "listening", "facts", "first_view", "explanation")
PRACTICE_VERBS = ("say", "draft", "end", "share", "forget")
QUEUE_VERBS = ("seat", "again", "missed", "transfer", "cancel", "back", "told")

urlpatterns = [
    path("visits/", views.visits, name="visits"),
    path("visits/open/", views.visit_open, name="visit_open"),
    path("queue/call/", queueing.call, name="queue_call"),
    path("queue/take/", queueing.take, name="queue_take"),
    path("queue/leave/", queueing.leave, name="queue_leave"),
    path("queue/help/<int:help_id>/", queueing.give_help, name="queue_help"),
    *(path(f"queue/<str:number>/{verb}/", getattr(queueing, verb), name=f"queue_{verb}") for verb in QUEUE_VERBS),
    path("appointments/", queueing.appointments, name="appointments"),
    path("appointments/make/", queueing.appointment_make, name="appointment_make"),
    path("appointments/<str:code>/cancel/", queueing.appointment_cancel, name="appointment_cancel"),
    path("appointments/<str:code>/here/", queueing.appointment_here, name="appointment_here"),
    path("visits/ratings/", visitor_views.ratings, name="ratings"),
    path("visits/ratings/<int:task>/", visitor_views.call_back, name="rating_call_back"),
    path("visits/<str:number>/", views.visit, name="visit"),
    path("visits/<str:number>/screen/", visitor_views.screen, name="visit_screen"),
    path("visits/<str:number>/screen/state/", visitor_views.screen_state, name="visit_screen_state"),
    path("visits/<str:number>/signature/<int:answer>.svg", visitor_views.signature, name="visit_signature"),
    path("claims/<str:number>/consents/", visitor_views.consents, name="claim_consents"),
    path("visits/<str:number>/answers/", asking.answers, name="visit_answers"),
    path("visits/<str:number>/hand-over/", views.hand_over, name="visit_hand_over"),
    path("visits/<str:number>/application.pdf", papers_printed.application, name="visit_application"),
    path("visits/<str:number>/receipt.pdf", papers_printed.receipt, name="visit_receipt"),
    path("visits/<str:number>/reveal/<str:field>/", views.reveal, name="visit_reveal"),
    path("visits/<str:number>/calm/", calm_views.calm, name="visit_calm"),
    path("visits/<str:number>/calm/draft/", calm_views.calm_draft, name="visit_calm_draft"),
    path("visits/<str:number>/calm/begin/", calm_views.begin, name="visit_calm_begin"),
    path("visits/<str:number>/calm/call/", calm_views.call, name="visit_call"),
    path("visits/<str:number>/calm/answer/", calm_views.answer_call, name="visit_call_answer"),
    path("visits/<str:number>/calm/<str:step>/not-applicable/", calm_views.step_not_applicable, name="visit_calm_not_applicable"),
    path("visits/<str:number>/complaint-receipt.pdf", papers_printed.complaint_receipt, name="visit_complaint_receipt"),
    path("visits/<str:number>/threat/", calm_views.threat, name="visit_threat"),
    path("desk/", floor_views.desk_today, name="desk_today"),
    path("desk/staffing/", floor_views.staffing, name="desk_staffing"),
    path("desk/day/", floor_views.day, name="desk_day"),
    path("desk/day/<str:figure>/", floor_views.figure, name="desk_figure"),
    path("coaching/practice/", practising.practices, name="practices"),
    path("coaching/practice/begin/<slug:scenario>/", practising.begin, name="practice_begin"),
    path("coaching/practice/<uuid:uuid>/", practising.practice, name="practice"),
    *(path(f"coaching/practice/<uuid:uuid>/{verb}/", getattr(practising, verb), name=f"practice_{verb}") for verb in PRACTICE_VERBS),
    path("desk/check/", calm_views.self_check, name="desk_check"),
    path("desk/break/", calm_views.take_break, name="desk_break"),
    path("desk/rooms/", calm_views.rooms, name="desk_rooms"),
    path("visits/<str:number>/<str:station>/", views.station, name="visit_station"),
    path("visits/<str:number>/<str:station>/draft/", views.draft, name="visit_draft"),
    path("visits/<str:number>/<str:station>/not-applicable/", views.not_applicable, name="visit_not_applicable"),
    *(
        path(f"claims/<str:number>/visit/{station}/", views.station_of_claim, {"station": station}, name=f"visit_{station}")
        for station in CLAIM_STATIONS
    ),
]
