"""The one Django app: all tables, one line of migrations; at start it installs the keyring and the followers."""

from __future__ import annotations

from django.apps import AppConfig


class LipeiConfig(AppConfig):
    """`lipei`, found by containment: a table may move between rooms without a migration."""

    name = "lipei"
    label = "lipei"

    def ready(self) -> None:
        """Wire what the lower floors must not know: keys and followers."""
        from lipei.site.wiring import wire

        wire()
