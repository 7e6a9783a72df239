"""Addresses of registration, facts and verification."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.coverage import views

urlpatterns = [
    path("claims/<str:number>/register/", views.register, name="claim_register"),
    path("claims/<str:number>/facts/", views.facts, name="claim_facts"),
    path("claims/<str:number>/coverage/", views.coverage, name="claim_coverage"),
]
