"""The audit as a function, for programs."""

from __future__ import annotations

import os
from pathlib import Path

from koujing.base import compare_with, report_of_change
from koujing.counting import count_project
from koujing.project import open_project
from koujing.run import find_conflicts, report_of
from koujing.today import today_of
from reports.record import Report
from reports.wording.terms import Lang


def audit(
    *paths: str | os.PathLike[str],
    here: str | os.PathLike[str] | None = None,
    base: str | None = None,
    today: str | None = None,
    possible: bool | None = None,
    jobs: int | None = 1,
    language: Lang | None = None,
) -> Report:
    """Audit as `koujing check` does, from the folder `here` (the current one); with `base`, only what is new since that
    branch, tag or commit.

    What is wrong with single articles is in the report's `problems`. Raises KoujingError where nothing can be audited:
    a bad config, a bad domain, a `base` that git does not know. More than one job needs the caller's main module to be
    importable.
    """
    project = open_project([os.fspath(p) for p in paths], Path(here) if here is not None else None)
    day = today_of(project, today)
    lang, fail_on = language or project.config.language, project.config.fail_on
    if base is not None:
        compared = compare_with(project, base, day[0], jobs=jobs, possible=possible)
        return report_of_change(compared, lang=lang, today=day, fail_on=fail_on)
    reading = count_project(project, day[0], jobs=jobs)
    return report_of(reading, find_conflicts(reading, possible=possible), lang=lang, today=day, fail_on=fail_on)
