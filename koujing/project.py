"""The content repo that a command works on: its root, its config, and what of it was asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from audit.files import Elsewhere, Found, discover, shown_path
from koujing.config import Config, find_config, load_config
from koujing.faults import Fault


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """`configured`: a koujing.yaml was found, its folder is the root, and `paths` only choose what is shown.

    `leave_out` are folders, besides that of the rulings, in which no article is looked for: as seen from the root.
    `elsewhere` are articles that are not in their places (`audit.files`).
    """

    root: Path
    here: Path
    config: Config
    configured: bool
    paths: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    elsewhere: Mapping[str, Elsewhere] = {}


def open_project(paths: Sequence[str] = (), here: Path | None = None) -> Project:
    """The project of some paths, or of the current folder. Raises ConfigError, or Fault where they have several."""
    here = here or Path.cwd()
    found = {find_config(_folder(here / path)) for path in paths} if paths else {find_config(here)}
    if len(found) > 1:
        roots = sorted(file.parent.as_posix() if file else "—" for file in found)
        raise Fault("two-projects", roots=", ".join(roots))
    file = found.pop()
    if file is None:
        return Project(root=here, here=here, config=Config(), configured=False, paths=tuple(paths))
    config = load_config(file, shown_path(str(file), str(here)))
    return Project(root=file.parent, here=here, config=config, configured=True, paths=tuple(paths))


def _folder(path: Path) -> Path:
    """The nearest folder that is there."""
    place = Path(os.path.abspath(path))
    while not place.is_dir() and place != place.parent:
        place = place.parent
    return place


def articles_of(project: Project) -> Found:
    """The articles of a project, and what is wrong with finding them."""
    config = project.config
    return discover(
        project.root, project.paths, here=project.here, project=project.configured, patterns=config.articles,
        exports=config.exports,
        leave_out=(*project.leave_out, *([config.rulings] if project.configured else [])),
        elsewhere=project.elsewhere,
    )  # fmt: skip
