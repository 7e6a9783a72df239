"""The office's own file on papers: what concerns many claims at once – batches and inventories – is told there."""

from __future__ import annotations

from lipei.filing.models import File
from lipei.filing.running import running

OFFICE_PAPERS = "OFFICE-PAPERS"


def office_of_papers() -> File:
    """The file, opened by the first command that needs it."""
    file = File.objects.filter(number=OFFICE_PAPERS).first()
    return file or File.objects.create(kind="office", number=OFFICE_PAPERS, opened_at=running().at)
