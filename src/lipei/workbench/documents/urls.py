"""Addresses of papers."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.documents import paper_views, views

urlpatterns = [
    path("claims/<str:number>/papers/", views.papers, name="claim_papers"),
    path("claims/<str:number>/papers/receive/", views.receive, name="claim_papers_receive"),
    path("claims/<str:number>/papers/complete/", views.complete, name="claim_papers_complete"),
    path("claims/<str:number>/papers/ask/", views.ask, name="claim_papers_ask"),
    path("claims/<str:number>/papers/ask-again/", views.ask_again, name="claim_papers_ask_again"),
    path("claims/<str:number>/papers/<str:kind>/waive/", views.waive, name="claim_paper_waive"),
    path("claims/<str:number>/papers/<str:kind>/needed/", views.needed, name="claim_paper_needed"),
    path("claims/<str:number>/papers/notice/<int:request_id>/", views.delivered, name="claim_papers_delivered"),
    path("papers/<str:custody_number>/", paper_views.paper, name="paper"),
    path("papers/<str:custody_number>/examine/", paper_views.examine, name="paper_examine"),
    path("papers/<str:custody_number>/move/", paper_views.move, name="paper_move"),
    path("papers/<str:custody_number>/return/", paper_views.give_back, name="paper_return"),
    path("documents/<uuid:uuid>/", paper_views.content, name="document_content"),
]
