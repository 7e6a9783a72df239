"""Addresses of my work."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.work import views

urlpatterns = [
    path("work/", views.my_work, name="my_work"),
    path("work/<str:number>/", views.peek, name="my_work_row"),
]
