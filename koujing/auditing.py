"""An audit made, and its reports: all that `koujing check` imports once it knows that there is something to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from audit.corpus import Progress
from audit.files import Found
from audit.model import Finding
from koujing import caching
from koujing.counting import count_project
from koujing.remembered import COLOURED, FORMATS, About, Asked, Came, Question
from koujing.run import Reading, find_conflicts, read_project, report_of
from koujing.streams import err, wants_color
from reports import text
from reports.paint import Paint
from reports.record import Report, Sources

if TYPE_CHECKING:
    from koujing.base import Compared


def made(asked: Asked, found: Found | None, question: Question | None, counter: Progress) -> Came:
    """The audit, and the reports of it."""
    if asked.base is not None:
        return _of_change(asked, counter)
    reading = _read(asked, found, question, counter)
    findings = find_conflicts(reading, possible=asked.possible)
    report = report_of(reading, findings, **asked.about)
    return _came(asked, report, reading.sources(), partial(page_of, reading, findings, asked.about))


def _of_change(asked: Asked, counter: Progress) -> Came:
    from koujing.pull import quickly

    done = quickly(asked, counter)
    if done is not None:
        return _came(asked, *done)
    from koujing.base import compare_with, report_of_change

    compared = compare_with(
        asked.project, asked.base or "", asked.about["today"][0], jobs=asked.jobs, progress=counter,
        possible=asked.possible,
    )  # fmt: skip
    report = report_of_change(compared, **asked.about)
    return _came(asked, report, compared.reading.sources(), partial(page_of_change, compared, asked.about))


def _came(asked: Asked, report: Report, sources: Sources, page: Callable[[], str] | None = None) -> Came:
    """What a report comes to in the formats that are asked for; the page is made of more than that."""
    formats = {asked.shown, *asked.others}
    outputs = {
        name: page() if name == "html" and page is not None else rendered(name, report, sources)
        for name in sorted(formats)
    }
    told = ""
    if asked.shown == "text":
        outputs[COLOURED] = text.render(report, sources, color=wants_color())
    else:
        told = problems_told(report, errors_only=asked.shown == "json")
    # What the program failed on it may do better with next time.
    lasting = not any(problem.code in ("internal", "killed") for problem in report.problems)
    return Came(outputs=outputs, told=told, exit_code=report.exit_code, lasting=lasting)


def _read(asked: Asked, found: Found | None, question: Question | None, counter: Progress) -> Reading:
    project, day = asked.project, asked.about["today"][0]
    if asked.cluster is not None:
        from koujing.cluster import workers_of  # with Dask

        with workers_of(asked.cluster, asked.about["lang"]) as remote:
            return count_project(project, day, progress=counter, found=found, remote=remote)
    # A page shows every claim of every article; all else needs no more than what they come to.
    read = read_project if "html" in (asked.shown, *asked.others) else count_project
    store = caching.pieces(question.digests if question is not None else None)
    return read(project, day, jobs=asked.jobs, progress=counter, store=store, found=found)


def rendered(form: str, report: Report, sources: Sources) -> str:
    """A report in one of FORMATS."""
    module, function = FORMATS[form]
    render: Callable[[Report, Sources], str] = getattr(import_module(f"reports.{module}"), function)
    return render(report, sources)


def tell_problems(report: Report, *, errors_only: bool = False) -> None:
    """Problems on stderr, for formats whose reader might miss them."""
    err(problems_told(report, errors_only=errors_only))


def problems_told(report: Report, *, errors_only: bool = False) -> str:
    told = (p for p in report.problems if p.severity == "error" or not errors_only)
    return "".join("\n".join(text.render_problem(p, report.words.lang, Paint())) + "\n" for p in told)


def page_of(reading: Reading, findings: Sequence[Finding], about: About) -> str:
    """The web page of an audit, in one file."""
    from koujing.page import audit_of  # with jinja2: imported by those who want a page alone
    from reports.html.page import index

    return index(audit_of(reading, findings, about))


def page_of_change(compared: Compared, about: About) -> str:
    from koujing.page import audit_of_change
    from reports.html.page import index

    return index(audit_of_change(compared, about))
