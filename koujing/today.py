"""What counts as today: the option, else the config, else the date of the audited commit, else the clock."""

from __future__ import annotations

from datetime import date

from audit import git
from koujing.project import Project


def today_of(project: Project, option: str | None = None) -> tuple[str, str]:
    """The day, and where it is from: `option`, `config`, `commit` or `clock`."""
    if option:
        return option, "option"
    if project.config.today:
        return project.config.today, "config"
    committed = git.head_date(project.root)
    return (committed, "commit") if committed else (date.today().isoformat(), "clock")


def decided_on(project: Project, option: str | None = None) -> str:
    """The day on which somebody decides: the option, else the config, else the clock. The last commit may be weeks
    old, and nobody decided anything then."""
    return option or project.config.today or date.today().isoformat()
