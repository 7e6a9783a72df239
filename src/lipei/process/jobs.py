"""Background work that follows from entries and from time. One job an entry, at least once."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from procrastinate import App, Blueprint, RetryStrategy
from procrastinate.contrib.django import app as lipei_jobs

from lipei.analytics.jobs import blueprint as board_jobs
from lipei.communication.jobs import send_letter
from lipei.communication.queries import letters_waiting
from lipei.filing.seal import make_block
from lipei.payments.jobs import talk_to_bank
from lipei.process.deadlines import ask_for_papers_out, sweep_due_dates
from lipei.process.followups import follow_entry
from lipei.process.outside import outside

blueprint = Blueprint()
TRIES_MAX = 8


@blueprint.task(name="follow", queue="follow", retry=RetryStrategy(max_attempts=TRIES_MAX, exponential_wait=3))
def follow(entry_id: int) -> None:
    """Run every follower of one entry."""
    follow_entry(entry_id)


def defer_follow(entry_id: int) -> None:
    """Defer the followers of an entry in the running transaction: rolled back, the job is gone too."""
    lipei_jobs.configure_task("lipei:follow").defer(entry_id=entry_id)


@blueprint.periodic(cron="* * * * *")
@blueprint.task(name="sweep", queue="time", queueing_lock="sweep")
def sweep(timestamp: int) -> None:
    """Each minute: claims whose due date changes by itself, papers out too long, the bank, letters that wait."""
    sweep_due_dates()
    ask_for_papers_out()
    talk_to_bank(outside().bank)
    for uuid in letters_waiting():
        send_letter(uuid, post=outside().post)


@blueprint.periodic(cron="30 17 * * *")
@blueprint.task(name="seal", queue="time", queueing_lock="seal")
def seal(timestamp: int) -> None:
    """Each night: one block over all heads, deposited outside."""
    make_block(at=timezone.now(), deposit=settings.DEPOSIT)


def on_app_ready(app: App) -> None:
    """Give procrastinate our tasks."""
    app.add_tasks_from(blueprint, namespace="lipei")
    app.add_tasks_from(board_jobs, namespace="board")
