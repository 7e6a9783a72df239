"""Addresses of payments."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.payments import views

urlpatterns = [
    path("payments/", views.payments, name="payments"),
    path("claims/<str:number>/payment/", views.claim_payment, name="claim_payment"),
    path("payments/<uuid:uuid>/release/", views.release, name="payment_release"),
    path("payments/<uuid:uuid>/send-back/", views.send_back, name="payment_send_back"),
]
