"""Addresses of the assessment."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.assessment import views

urlpatterns = [
    path("claims/<str:number>/assessment/", views.assessment, name="claim_assessment"),
    path("claims/<str:number>/assessment/sums/", views.sums, name="claim_assessment_sums"),
]
