"""Addresses of calculation, what-if, payee, decision and adjustments."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.settlement import adjustment_views, decision_views, views

urlpatterns = [
    path("claims/<str:number>/calculation/", views.calculation, name="claim_calculation"),
    path("claims/<str:number>/calculation/submit/", views.submit, name="claim_submit"),
    path("claims/<str:number>/calculation/what-if/", views.what_if_page, name="claim_what_if"),
    path("claims/<str:number>/payee/", views.payee, name="claim_payee"),
    path("claims/<str:number>/decision/", decision_views.decision, name="claim_decision"),
    path("claims/<str:number>/decision/draft/", decision_views.keep_reason, name="claim_decision_draft"),
    path("claims/<str:number>/adjustment/", adjustment_views.adjustment, name="claim_adjustment"),
]
