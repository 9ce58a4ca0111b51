"""`koujing rulings --prune`: shown first, then done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from audit.rulings.editing import EditError, without_claims
from audit.rulings.mending import Step, pruned
from audit.rulings.standing import Standing
from audit.rulings.troubles import shell_name
from koujing.alone import alone
from koujing.faults import Fault
from koujing.rulings import files
from koujing.rulings.case import Case
from koujing.streams import out
from reports.width import safe
from reports.wording.ruled import STATE, ruled
from reports.wording.terms import Lang, pick


def prune(case: Case, named: Sequence[Standing], lang: Lang, *, dry: bool) -> None:
    """Delete rulings that have no effect, and drop words that are gone; `named` are the only ones, if there are any.
    Raises Fault where one of these has an effect."""
    project = case.reading.project
    for standing in named:
        if standing.state in ("in-effect", "under-review"):
            raise Fault("ruling-works", got=standing.ruling.id, file=standing.ruling.path)
    wanted = [s.ruling for s in (named or case.standings)]
    steps = pruned(wanted, case.effect, case.ways, bool(named))
    if not steps:
        out(ruled("nothing-to-prune", lang) + "\n")
        return
    for step in steps:
        out("".join(f"{safe(line)}\n" for line in _shown(step, case, lang, dry)))
    done = [step.ruling for step in steps if step.act != "keep"]
    held, lost = files.kept_by_git(project, done)
    if not dry:
        with alone(project.root):
            for step in steps:
                _do(step, case)
    if held and not dry:
        out(ruled("undo", lang, paths=" ".join(held)) + "\n")
    if lost:
        out(ruled("no-undo", lang, paths=" ".join(lost)) + "\n")


def _do(step: Step, case: Case) -> None:
    project = case.reading.project
    if step.act == "delete":
        files.delete(project, step.ruling)
    elif step.act == "drop":
        try:
            files.change(project, step.ruling, partial(without_claims, numbers=step.gone))
        except EditError as e:
            raise Fault("ruling-uneditable", path=step.ruling.path, why=e.message) from e


def _shown(step: Step, case: Case, lang: Lang, dry: bool) -> Iterator[str]:
    ruling = step.ruling
    state = case.of(ruling).state
    if step.act == "delete":
        key = "would-delete" if dry else "deletes"
        yield ruled(key, lang, path=ruling.path, state=pick(STATE[state], lang))
    elif step.act == "keep":
        key = "keeps-contradicted" if state == "contradicted" else "keeps-renewable"
        yield ruled(key, lang, path=ruling.path, name=shell_name(ruling))
    else:
        yield ruled("would-drop" if dry else "drops", lang, path=ruling.path, n=len(step.gone))
        for rest in (ruling.rests[n] for n in step.gone):
            yield "  " + ruled("dropped", lang, quote=rest.quote, article=rest.article)
