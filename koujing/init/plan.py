"""What `koujing init` will do with each file, decided before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import yaml

from audit.files import shown_path
from claims import yaml_bounds
from koujing.faults import Fault
from koujing.init import precommit, texts
from koujing.init.folder import Folder
from reports.setup import Step
from reports.wording.terms import Lang


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for. `rulings` is the folder of rulings, `install` what pip installs."""

    globs: tuple[str, ...]
    ci: tuple[str, ...]
    rulings: str
    install: str
    lang: Lang
    force: bool = False


class Planned(msgspec.Struct, frozen=True):
    place: Path
    step: Step


def plan(folder: Folder, wish: Wish) -> list[Planned]:
    """The files in the order they are written. Raises Fault where one cannot be read or is no file."""
    root, top, lang = folder.root, folder.top, wish.lang
    planned = [
        _whole(root, root / "koujing.yaml", texts.config(wish.globs, lang), wish.force),
        _whole(root, root / wish.rulings / "README.md", texts.rulings(folder, wish.rulings, lang), wish.force),
    ]
    if "github" in wish.ci:
        workflow = top / ".github" / "workflows" / "koujing.yml"
        planned.append(_whole(root, workflow, texts.github(folder, wish.install, lang), wish.force))
    if "gitlab" in wish.ci:
        planned += _gitlab(folder, texts.gitlab(folder, wish.install, lang), wish.force)
    if "pre-commit" in wish.ci:
        planned.append(_pre_commit(folder, texts.pre_commit(folder, wish.install, lang)))
    return planned


def _whole(root: Path, place: Path, after: str, force: bool) -> Planned:
    """A file that is ours alone."""
    path, before = shown_path(str(place), str(root)), _read(root, place)
    if before is None:
        step = Step(path=path, state="new", after=after)
    elif _same(before, after):
        step = Step(path=path, state="same")
    elif force:
        step = Step(path=path, state="changed", before=before, after=after)
    else:
        step = Step(path=path, state="kept", why="differs")
    return Planned(place, step)


INCLUDED = ".gitlab/koujing.yml"


def _gitlab(folder: Folder, job: str, force: bool) -> list[Planned]:
    """A pipeline of our own, or, beside one that is there, a file for it to include."""
    pipeline = folder.top / ".gitlab-ci.yml"
    path, before = shown_path(str(pipeline), str(folder.root)), _read(folder.root, pipeline)
    if before is None:
        return [Planned(pipeline, Step(path=path, state="new", after=job))]
    if _same(before, job) or _has_job(before):
        return [Planned(pipeline, Step(path=path, state="same"))]
    included = _whole(folder.root, folder.top / INCLUDED, job, force)
    if INCLUDED in before:
        return [included, Planned(pipeline, Step(path=path, state="same"))]
    add = f"include:\n  - local: {INCLUDED}\n"
    return [included, Planned(pipeline, Step(path=path, state="kept", why="gitlab", add=add))]


def _has_job(text: str) -> bool:
    """Whether a pipeline has a job of our name. GitLab's own tags (`!reference`) are no reason not to know."""
    try:
        root = yaml.compose(text, Loader=yaml_bounds.loader())
    except yaml.YAMLError:
        return False
    keys = [key.value for key, _ in root.value] if isinstance(root, yaml.MappingNode) else []
    return "koujing" in keys


def _pre_commit(folder: Folder, whole: str) -> Planned:
    """A config of our own, or our hook behind those of one that is there. That one is never replaced."""
    place = folder.top / ".pre-commit-config.yaml"
    path, before = shown_path(str(place), str(folder.root)), _read(folder.root, place)
    if before is None:
        step = Step(path=path, state="new", after=whole)
    elif precommit.has_hook(before):
        step = Step(path=path, state="same")
    elif (after := precommit.added(before, whole)) is not None:
        step = Step(path=path, state="changed", before=before, after=after)
    else:
        step = Step(path=path, state="kept", why="pre-commit", add=precommit.entry(whole))
    return Planned(place, step)


def _same(before: str, after: str) -> bool:
    """git may have given the lines other ends."""
    return before.removeprefix("\ufeff").replace("\r\n", "\n") == after


def _read(root: Path, place: Path) -> str | None:
    """The text that is there; None where nothing is. Raises Fault."""
    shown = shown_path(str(place), str(root))
    try:
        return place.read_bytes().decode("utf-8")
    except FileNotFoundError as e:
        if place.is_symlink():
            raise Fault("init-unreadable", path=shown, why=e.strerror) from e
        return None
    except UnicodeDecodeError as e:
        raise Fault("yaml-encoding", path=shown) from e
    except OSError as e:
        raise Fault("init-unreadable", path=shown, why=e.strerror or e) from e


def kept_config(planned: Sequence[Planned]) -> bool:
    """Whether a koujing.yaml that is there, and differs, stays."""
    return planned[0].step.state == "kept"
