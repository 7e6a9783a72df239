"""Addresses of the administration."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.reference import comparing, people, views

urlpatterns = [
    path("reference/", views.reference, name="reference"),
    path("reference/products/<slug:code>/<str:edition>/", views.product, name="reference_product"),
    path("reference/products/<slug:code>/<str:edition>/compare/", comparing.compare, name="reference_compare"),
    path("reference/law/", views.law, name="reference_law"),
    path("reference/letters/", views.letters, name="reference_letters"),
    path("reference/people/", people.everybody, name="reference_people"),
    path("reference/people/new/", people.engage_one, name="reference_engage"),
    path("reference/people/<str:number>/", people.colleague, name="reference_colleague"),
    path("reference/people/<str:number>/away/", people.absence, name="reference_absence"),
    path("reference/branches/new/", people.branch, name="reference_branch"),
    path("reference/partners/", people.partners_page, name="reference_partners"),
]
