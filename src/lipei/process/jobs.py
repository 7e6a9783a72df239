"""Background work that follows from entries: one job an entry, at least once, in the order of its file."""

from __future__ import annotations

from procrastinate import App, Blueprint
from procrastinate.contrib.django import app as lipei_jobs

from lipei.filing.models import Entry
from lipei.process.followups import followers_of

blueprint = Blueprint()


@blueprint.task(name="follow", queue="follow", retry=5)
def follow(entry_id: int) -> None:
    """Run every follower of one entry."""
    entry = Entry.objects.select_related("file").get(id=entry_id)
    for follower in followers_of(entry.kind):
        follower.run(entry)


def defer_follow(entry_id: int) -> None:
    """Defer the followers of an entry in the running transaction: rolled back, the job is gone too."""
    lipei_jobs.configure_task("lipei:follow").defer(entry_id=entry_id)


def on_app_ready(app: App) -> None:
    """Give procrastinate our tasks."""
    app.add_tasks_from(blueprint, namespace="lipei")
