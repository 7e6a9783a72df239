"""Addresses of the claim itself: its page, its history, its small pages, and the list of claims."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.claim import doing, listing, views, writing

urlpatterns = [
    path("claims/", listing.claims, name="claims"),
    path("claims/<str:number>/", views.claim, name="claim"),
    path("claims/<str:number>/history/", views.history, name="claim_history"),
    path("claims/<str:number>/reveal/<int:party_id>/<str:field>/", views.reveal, name="claim_reveal"),
    path("claims/<str:number>/note/", writing.note, name="claim_note"),
    path("claims/<str:number>/call/", writing.call, name="claim_call"),
    path("claims/<str:number>/promise/", writing.promised, name="claim_promise"),
    path("claims/<str:number>/draft/<str:kind>/", writing.draft, name="claim_draft"),
    path("claims/<str:number>/tasks/", writing.tasks, name="claim_tasks"),
    path("claims/<str:number>/tasks/<int:task_id>/", writing.close, name="claim_task"),
    path("claims/<str:number>/take-on/", doing.take_on, name="claim_take_on"),
    path("claims/<str:number>/assign/", doing.assign, name="claim_assign"),
    path("claims/<str:number>/complex/", doing.complex_case, name="claim_complex"),
    path("claims/<str:number>/withdraw/", doing.withdraw, name="claim_withdraw"),
]
