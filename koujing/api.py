"""The audit as a function, for programs."""

from __future__ import annotations

import os
from pathlib import Path

from koujing.project import open_project
from koujing.run import find_conflicts, read_project, report_of
from koujing.today import today_of
from reports.record import Report
from reports.wording.terms import Lang


def audit(
    *paths: str | os.PathLike[str],
    here: str | os.PathLike[str] | None = None,
    today: str | None = None,
    possible: bool | None = None,
    jobs: int | None = 1,
    language: Lang | None = None,
) -> Report:
    """Audit as `koujing check` does, from the folder `here` (the current one).

    What is wrong with single articles is in the report's `problems`. Raises KoujingError where nothing can be audited:
    a bad config, a bad domain. More than one job needs the caller's main module to be importable.
    """
    project = open_project([os.fspath(p) for p in paths], Path(here) if here is not None else None)
    day = today_of(project, today)
    reading = read_project(project, day[0], jobs=jobs)
    return report_of(
        reading,
        find_conflicts(reading, possible=possible),
        lang=language or project.config.language,
        today=day,
        fail_on=project.config.fail_on,
    )
