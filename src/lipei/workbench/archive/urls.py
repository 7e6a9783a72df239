"""Addresses of closing and the archive."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.archive import views

urlpatterns = [
    path("claims/<str:number>/close/", views.close, name="claim_close"),
    path("archive/", views.archive, name="archive"),
    path("claims/<str:number>/archive/", views.file_claim, name="archive_file"),
]
