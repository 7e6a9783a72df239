"""Addresses of the front desk."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.frontdesk import papers_printed, views, visitor_views

CLAIM_STATIONS = ("identity", "listening", "facts", "first_view", "explanation")

urlpatterns = [
    path("visits/", views.visits, name="visits"),
    path("visits/open/", views.visit_open, name="visit_open"),
    path("visits/ratings/", visitor_views.ratings, name="ratings"),
    path("visits/ratings/<int:task>/", visitor_views.call_back, name="rating_call_back"),
    path("visits/<str:number>/", views.visit, name="visit"),
    path("visits/<str:number>/screen/", visitor_views.screen, name="visit_screen"),
    path("visits/<str:number>/screen/state/", visitor_views.screen_state, name="visit_screen_state"),
    path("visits/<str:number>/signature/<int:answer>.svg", visitor_views.signature, name="visit_signature"),
    path("claims/<str:number>/consents/", visitor_views.consents, name="claim_consents"),
    path("visits/<str:number>/hand-over/", views.hand_over, name="visit_hand_over"),
    path("visits/<str:number>/application.pdf", papers_printed.application, name="visit_application"),
    path("visits/<str:number>/receipt.pdf", papers_printed.receipt, name="visit_receipt"),
    path("visits/<str:number>/reveal/<str:field>/", views.reveal, name="visit_reveal"),
    path("visits/<str:number>/<str:station>/", views.station, name="visit_station"),
    path("visits/<str:number>/<str:station>/draft/", views.draft, name="visit_draft"),
    path("visits/<str:number>/<str:station>/not-applicable/", views.not_applicable, name="visit_not_applicable"),
    *(
        path(f"claims/<str:number>/visit/{station}/", views.station_of_claim, {"station": station}, name=f"visit_{station}")
        for station in CLAIM_STATIONS
    ),
]
