"""A result as a text for the terminal, and as the table of docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from benchmarks.result import Result, Row, sections

BEGIN = "<!-- what `make bench-docs` writes begins here -->"
END = "<!-- and ends here -->"
_AN = {"article": "an article", "run": "a run"}
_MET = {True: "yes", False: "**no**", None: ""}


def text(result: Result) -> str:
    """For the terminal."""
    lines = [f"- {line}" for line in about(result)]
    for section, rows in sections(result.rows).items():
        lines += ["", section, "=" * len(section)]
        for row in rows:
            lines.append(row.name)
            lines.append("    " + "; ".join(part for part in _told(row) if part))
    lines += ["", "results"]
    lines += [f"  {'ok ' if c.holds else 'NO '} {c.name}{f': {c.note}' if c.note else ''}" for c in result.checks]
    return "\n".join(lines) + "\n"


def markdown(result: Result) -> str:
    """For docs/performance.md, between its marks."""
    lines = [BEGIN, ""]
    lines += [f"- {line}" for line in about(result)]
    failed = [c.name for c in result.checks if not c.holds]
    said = f"**failed: {', '.join(failed)}**" if failed else "all hold"
    lines.append(f"- results: {len(result.checks)} checks, {said}")
    lines += ["", "### What is asked, and what is reached", "", "| | asked | reached | met |", "|---|---|---|---|"]
    for row in result.rows:
        if _target(row):
            reached, met = ("", f"not measured: {row.absent}") if row.absent else (_short(row.ratio), _MET[row.met])
            lines.append(f"| {row.section}: {row.name} | {_target(row)} | {reached} | {met} |")
    for section, rows in sections(result.rows).items():
        lines += ["", f"### {section[0].upper()}{section[1:]}", ""]
        lines += [f"| what | ms {_AN[rows[0].per]} | ratio | least–most | target | met |", "|---|---|---|---|---|---|"]
        lines += ["| " + " | ".join((row.name, *_cells(row))) + " |" for row in rows]
    return "\n".join([*lines, "", END])


def renewed(page: str, table: str) -> str:
    """A page with a new table between its marks. Raises ValueError where it has none."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN} … {END}")
    return before + table + after


def about(result: Result) -> list[str]:
    """The machine, what was read, and what else there is to say."""
    m = result.machine
    versions = ", ".join(f"{name} {v}" for name, v in m.versions.items())
    lines = [
        f"{m.day}, commit {m.commit or 'unknown'}; {m.processor}, {m.cores} cores, {m.system}, {m.python}; {versions}",
        f"load average {m.load[0]} before and {m.load[1]} after; the whole run took {result.took:.0f} s",
    ]
    for c in result.corpora:
        blocks = f"{c.distinct:.0%} of the blocks of text distinct"
        lines.append(f"{c.name}: {c.articles} articles, {c.size} bytes, digest {c.digest}, {blocks}")
    return lines + list(result.notes)


def _cells(row: Row) -> tuple[str, ...]:
    if row.absent:
        return "", "", "", _target(row), f"not measured: {row.absent}"
    least, most = min(row.ratios), max(row.ratios)
    return _times(row), f"**{_short(row.ratio)}**", f"{_short(least)}–{_short(most)}", _target(row), _MET[row.met]


def _told(row: Row) -> Sequence[str]:
    if row.absent:
        return (f"not measured: {row.absent}", _target(row))
    least, most = min(row.ratios), max(row.ratios)
    met = {True: "met", False: "NOT MET", None: ""}[row.met]
    target = f"target {_target(row)}: {met}" if met else ""
    return f"{_short(row.ratio)} ({_short(least)}–{_short(most)})", f"{_times(row)} ms {_AN[row.per]}", target


def _times(row: Row) -> str:
    return " / ".join(_short(median(side.seconds) * 1000) for side in (row.one, row.other))


def _target(row: Row) -> str:
    if row.at_most is not None:
        return f"at most {row.at_most:g}"
    return f"at least {row.at_least:g}" if row.at_least is not None else ""


def _short(x: float) -> str:
    """Three figures."""
    return f"{x:.0f}" if x >= 100 else f"{x:.3g}"
