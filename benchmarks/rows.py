"""The rows of the benchmark: what is measured against what, and what is asked of it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.checks import claims_known, conflicts_known, recall, said_known, same_each_time
from benchmarks.corpus import TODAY
from benchmarks.material import Material, jobs, spacy_job
from benchmarks.result import Check, Row, Side
from benchmarks.workers import Run, Worker, environment, interleaved
from claims.domain import Domain

RAW_PASSES = 40
TIMES_SPACY = 3
TIMES_ONE = 1.7

MANY = "many"
"""The folder of the made articles that one process reads, and two."""

KOUJING = "benchmarks.koujing_runs"
AUTOCORRECT = "benchmarks.peers.autocorrect"
SPACY = "benchmarks.peers.spacy_pipeline"
NO_PEERS = "the peers are not installed (make bench installs them where it can)"


class Setting(msgspec.Struct, frozen=True):
    """How to measure: a folder to work in, counted runs, the Python that has the peers (None: there is none), and how
    many articles of a part spaCy is given."""

    folder: Path
    rounds: int
    peers: Path | None
    few: int


class Measured(msgspec.Struct):
    """Rows, checks and notes as they come in."""

    rows: list[Row] = []
    checks: list[Check] = []
    notes: list[str] = []
    versions: dict[str, str] = {}


def one_process(material: Material, setting: Setting, into: Measured) -> None:
    """Reading and extraction against one raw pass of the automaton, and against AutoCorrect."""
    job = jobs(material, setting.folder / material.name)
    counted = _counted(material, setting)
    with ExitStack() as stack:
        koujing = stack.enter_context(Worker("-m", KOUJING, str(job["koujing"])))
        into.notes += _settings(material, koujing.about)
        own = ("raw", "raw, once", "raw, all hits", "readers", "claims", "whole", "phrases")
        contestants = {name: (koujing, name) for name in own}
        if setting.peers is not None:
            corrector = stack.enter_context(Worker("-m", AUTOCORRECT, str(job["autocorrect"]), python=setting.peers))
            into.versions |= corrector.about
            contestants["AutoCorrect"] = (corrector, "lint")
        runs = interleaved(contestants, counted, 0)
        if material.made:
            made = [material.made[i] for i in counted]
            into.checks.append(claims_known(material.name, made, runs["claims"]))
            said = koujing.run("said", counted[0])
            into.checks.append(said_known(material.made[counted[0]], said.told["said"]))
        else:
            into.checks.append(same_each_time(material.name, runs))
    sides = _sides(runs, material, counted)
    name = material.name
    into.rows += [
        Row(
            section=name, name="article to claims / one raw pass of the automaton, fastest setting",
            one=sides["claims"], other=sides["raw"], at_most=RAW_PASSES,
        ),
        Row(
            section=name, name="article to claims / such a pass done once, with cold caches",
            one=sides["claims"], other=sides["raw, once"],
        ),
        Row(
            section=name, name="article to claims / one raw pass that gives all the hits that koujing needs",
            one=sides["claims"], other=sides["raw, all hits"],
        ),
        Row(
            section=name, name="lexicon: hits of concepts, sorted / one raw pass that gives all hits",
            one=sides["phrases"], other=sides["raw, all hits"],
        ),
        Row(section=name, name="readers: bytes to article / one raw pass", one=sides["readers"], other=sides["raw"]),
    ]  # fmt: skip
    linted = "bytes to claims and faults (readers, extraction, linters) / AutoCorrect linting the same files"
    if setting.peers is None:
        into.rows.append(Row(section=name, name=linted, absent=NO_PEERS))
    else:
        into.rows.append(Row(section=name, name=linted, one=sides["whole"], other=sides["AutoCorrect"]))


def against_spacy(material: Material, domain: Domain, setting: Setting, into: Measured) -> None:
    """The same words and patterns, by koujing and by spaCy."""
    names = {
        "phrases": "spaCy: tokens and PhraseMatcher / koujing: hits of concepts",
        "one order": "spaCy: tokens, PhraseMatcher, Matcher (each pattern in one order) / koujing: article to claims",
        "any order": "spaCy: the same with the words of a pattern in any order / koujing: article to claims",
    }
    if setting.peers is None:
        into.rows += [Row(section=material.name, name=name, absent=NO_PEERS) for name in names.values()]
        return
    few = material.few(setting.few)
    folder = setting.folder / f"{material.name}, few"
    counted = _counted(few, setting)
    with ExitStack() as stack:
        koujing = stack.enter_context(Worker("-m", KOUJING, str(jobs(few, folder)["koujing"])))
        spacy = stack.enter_context(Worker("-m", SPACY, str(spacy_job(few, domain, folder)), python=setting.peers))
        into.versions |= spacy.about
        contestants = {n: (koujing, n) for n in ("claims", "phrases")} | {f"spaCy, {n}": (spacy, n) for n in names}
        runs = interleaved(contestants, counted, 0)
        places = [koujing.run("places", part).told for part in counted]
        matched = spacy.run("which", counted[0]).told["patterns"]
        found = recall(koujing.run("said", counted[0]).told["patterns"], matched)
    same = [run.told for run in runs["spaCy, phrases"]] == places
    hits = sum(int(p["hits"]) for p in places)
    into.checks.append(Check(f"{material.name}: PhraseMatcher finds all hits of the automaton", same, f"{hits} hits"))
    into.notes.append(
        f"{material.name}: where a pattern gives koujing a claim, the translated one matches the article in {found:.0%}"
    )
    sides = _sides(runs, few, counted)
    ours = {"phrases": sides["phrases"], "one order": sides["claims"], "any order": sides["claims"]}
    for what, name in names.items():
        least = None if what == "phrases" else TIMES_SPACY
        into.rows.append(
            Row(section=material.name, name=name, one=sides[f"spaCy, {what}"], other=ours[what], at_least=least)
        )


def two_processes(material: Material, setting: Setting, into: Measured) -> None:
    """One process against two: reading and extraction alone, and the whole command."""
    job = jobs(material, setting.folder / "scans", scans=True)["koujing"]
    counted = _counted(material, setting)
    with Worker("-m", KOUJING, str(job)) as worker:
        runs = interleaved({str(n): (worker, f"jobs {n}") for n in (1, 2)}, counted, 0)
    made = [material.made[i] for i in counted]
    into.checks += [claims_known(f"{n} process{'es' * (n > 1)}", made, runs[str(n)]) for n in (1, 2)]
    sides = _sides(runs, material, counted, wall=True)
    section = "processes"
    into.rows.append(
        Row(
            section=section, name="files to claims, faults and their summary: one process / two",
            one=sides["1"], other=sides["2"], clock="wall", at_least=TIMES_ONE,
        )
    )  # fmt: skip
    commands: dict[int, list[float]] = {1: [], 2: []}
    for turn, part in enumerate(counted):
        folder = setting.folder / MANY / f"part-{part}"
        outputs: dict[int, bytes] = {}
        for several in (1, 2) if turn % 2 == 0 else (2, 1):
            took, outputs[several] = cold_audit(folder, several)
            commands[several].append(took / len(material.parts[part]))
        equal = outputs[1] == outputs[2]
        into.checks.append(Check(f"run {turn + 1}: the same bytes out of one process and two", equal))
        into.checks.append(conflicts_known(material.made[part], json.loads(outputs[1])))
    into.rows.append(
        Row(
            section=section, name="the whole command, cold: koujing check --jobs 1 / --jobs 2", clock="wall",
            one=Side("1", tuple(commands[1])), other=Side("2", tuple(commands[2])),
        )
    )  # fmt: skip


def cold_audit(folder: Path, several: int) -> tuple[float, bytes]:
    """Wall seconds and output of a cold audit of a folder."""
    command = [sys.executable, "-m", "koujing", "check", "--jobs", str(several), "--today", TODAY, "--format", "json"]
    if "--no-cache" in _help():
        command.append("--no-cache")
    begun = time.perf_counter()
    done = subprocess.run([*command, "."], cwd=folder, capture_output=True, env=environment())
    took = time.perf_counter() - begun
    if done.returncode not in (0, 1):
        raise RuntimeError(f"koujing check failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return took, done.stdout


def _help() -> str:
    done = subprocess.run([sys.executable, "-m", "koujing", "check", "--help"], capture_output=True, env=environment())
    return done.stdout.decode(errors="replace")


def _counted(material: Material, setting: Setting) -> list[int]:
    """The part that each counted run reads."""
    return list(range(1, setting.rounds + 1)) if material.once else [0] * setting.rounds


def _sides(
    runs: Mapping[str, Sequence[Run]], material: Material, counted: Sequence[int], *, wall: bool = False
) -> dict[str, Side]:
    articles = [len(material.parts[part]) for part in counted]
    return {
        name: Side(name, tuple((r.wall if wall else r.seconds) / n for r, n in zip(several, articles, strict=True)))
        for name, several in runs.items()
    }


def _settings(material: Material, about: Mapping[str, Any]) -> Iterator[str]:
    yield f"{material.name}: the automaton has {about['strings']} strings; the domain {about['patterns']} patterns"
    yield f"{material.name}: fastest {about['fastest']}; with all hits {about['fastest for all hits']}"
