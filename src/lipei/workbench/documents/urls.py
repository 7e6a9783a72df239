"""Addresses of papers."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.documents import house_views, paper_views, views

urlpatterns = [
    path("claims/<str:number>/papers/", views.papers, name="claim_papers"),
    path("claims/<str:number>/papers/receive/", views.receive, name="claim_papers_receive"),
    path("claims/<str:number>/papers/complete/", views.complete, name="claim_papers_complete"),
    path("claims/<str:number>/papers/ask/", views.ask, name="claim_papers_ask"),
    path("claims/<str:number>/papers/ask-again/", views.ask_again, name="claim_papers_ask_again"),
    path("claims/<str:number>/papers/<str:kind>/waive/", views.waive, name="claim_paper_waive"),
    path("claims/<str:number>/papers/<str:kind>/needed/", views.needed, name="claim_paper_needed"),
    path("claims/<str:number>/papers/notice/<int:request_id>/", views.delivered, name="claim_papers_delivered"),
    path("claims/<str:number>/papers/labels.pdf", paper_views.labels, name="claim_papers_labels"),
    path("papers/", house_views.house, name="papers"),
    path("papers/batches/new/", house_views.new_batch, name="batch_new"),
    path("papers/batches/<str:number>/", house_views.batch, name="batch"),
    path("papers/batches/<str:number>/accept/", house_views.accept, name="batch_accept"),
    path("papers/batches/<str:number>/take-back/", house_views.take_back, name="batch_take_back"),
    path("papers/inventories/new/", house_views.new_inventory, name="inventory_new"),
    path("papers/inventories/<uuid:uuid>/", house_views.inventory, name="inventory"),
    path("papers/inventories/<uuid:uuid>/mend/", house_views.mend, name="inventory_mend"),
    path("papers/<str:custody_number>/", paper_views.paper, name="paper"),
    path("papers/<str:custody_number>/examine/", paper_views.examine, name="paper_examine"),
    path("papers/<str:custody_number>/move/", paper_views.move, name="paper_move"),
    path("papers/<str:custody_number>/return/", paper_views.give_back, name="paper_return"),
    path("papers/<str:custody_number>/send-out/", paper_views.send_out, name="paper_send_out"),
    path("papers/<str:custody_number>/not-found/", paper_views.not_found, name="paper_not_found"),
    path("papers/<str:custody_number>/found/", paper_views.found, name="paper_found"),
    path("documents/<uuid:uuid>/", paper_views.content, name="document_content"),
]
