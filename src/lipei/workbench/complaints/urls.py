"""Addresses of complaints, and of tasks that belong to no claim."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.complaints import views

urlpatterns = [
    path("complaints/", views.complaints, name="complaints"),
    path("complaints/<str:number>/", views.complaint, name="complaint"),
    path("complaints/<str:number>/take-on/", views.take_on, name="complaint_take_on"),
    path("complaints/<str:number>/note/", views.note, name="complaint_note"),
    path("complaints/<str:number>/give/", views.give, name="complaint_give"),
    path("complaints/<str:number>/reach/", views.reach, name="complaint_reach"),
    path("tasks/<int:task>/", views.file_task, name="file_task"),
]
