"""Addresses of the board."""

from __future__ import annotations

from django.urls import path

from lipei.workbench.board import views

urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/effort/", views.how_effort, name="board_effort"),
]
