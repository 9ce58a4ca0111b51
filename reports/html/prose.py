"""An article's text as markup. There may be thousands of them: plain functions write it several times as fast as a
template would, and what many notes share is written once. All text of others goes through `html`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reports.html.escaping import Html, html, link
from reports.html.marking import Group, Line, Marked, Stretch
from reports.html.notes import Note, Rows, Said
from reports.html.partners import Partner
from reports.html.texts import Shown, Text
from reports.wording.page import words_of
from reports.wording.terms import Lang

_NOTHING = Html("")


class Prose:
    """Writes texts in one language."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._labels: dict[str, Html] = {}
        self._said: dict[int, tuple[Said, Html, Html]] = {}
        self._partners: dict[int, tuple[Partner, Html]] = {}

    def text(self, text: Text) -> Html:
        name = text.id
        parts = "".join(self._part(part, name, n) for n, part in enumerate(text.parts, start=1))
        return Html(
            f'<article class="text" data-close="{self._t("close")}" id="{name}" tabindex="-1" '
            f'aria-labelledby="{name}-h">\n'
            f'<p class="text-back">{link(text.back, self._t("back"))}</p>\n{parts}</article>\n'
        )

    def _t(self, key: str) -> Html:
        if key not in self._labels:
            self._labels[key] = html(words_of(key, self._lang))
        return self._labels[key]

    def _n(self, key: str, n: int) -> Html:
        return html(words_of(key, self._lang, n=n))

    # The paper.

    def _part(self, part: Shown, name: str, n: int) -> Html:
        untyped = ""
        if part.untyped:
            untyped = (
                f'<input class="u-on" type="checkbox" id="{name}-u{n}">'
                f'<label class="u-label" for="{name}-u{n}">{self._n("show-untyped", part.untyped)}</label>\n'
            )
        rows = "".join(self._groups(part.groups, part.notes))
        return Html(f'{untyped}<div class="paper">\n{self._head(part, name, n == 1)}{rows}</div>\n')

    def _head(self, part: Shown, name: str, outer: bool) -> Html:
        one = part.listing
        title = self._words(part.title) if part.title is not None else html(part.title_text)
        about = [f'<span class="path">{html(one.article)}</span>']
        about += [f"<span>{html(text)}</span>" for text in (part.date, one.author) if text]
        about.append(f"<span>{self._t('article-claims')} {one.claims}</span>")
        about.append(f"<span>{self._t('article-typed')} {one.typed}/{one.assertions}</span>")
        return Html(
            f'<header class="paper-head{"" if outer else " is-teaser"}">'
            + ("" if outer else f'<p class="soft">{self._t("quoted-page")}</p>')
            + f'<h3 class="paper-title"{f""" id="{name}-h" """.rstrip() if outer else ""} lang="zh-CN">{title}</h3>\n'
            f'<p class="paper-about soft">{" ".join(about)}</p>\n'
            + self._legend(part.topics)
            + self._margin(part.title.begins if part.title is not None else (), part.notes)
            + "</header>\n"
        )

    def _legend(self, topics: Iterable[tuple[int, str, str]]) -> Html:
        named = "".join(f'<span class="legend-{hue}">{link(to, html(title))}</span>' for hue, title, to in topics)
        if not named:
            return _NOTHING
        return Html(
            f'<p class="legend"><span class="away">{self._t("legend")}</span>{named}</p>\n'
            f'<p class="marked-how soft">{self._t("marked-how")}</p>\n'
        )

    def _groups(self, groups: Iterable[Group], notes: Mapping[str, Note]) -> Iterator[Html]:
        above = 3
        for group in groups:
            if group.kind == "heading":
                written = ""
                for line in group.lines:  # no level is left out, for who goes from one to the next
                    above = min(max(3 + line.block.level, 4), above + 1, 6)
                    written += f"<h{above}>{self._words(line)}</h{above}>"
            else:
                written = self._group(group)
            margin = self._margin(group.begins, notes)
            yield Html(f'<div class="row"><div class="said" lang="zh-CN">{written}</div>{margin}</div>\n')

    def _group(self, group: Group) -> Html:
        if group.kind == "list":
            items = (f'<li class="lv-{min(one.block.level, 6)}">{self._words(one)}</li>' for one in group.lines)
            return Html(f"<ul>{''.join(items)}</ul>")
        if group.kind == "table":
            rows = (f"<tr>{''.join(self._cell(*cell) for cell in row)}</tr>" for row in group.rows)
            return Html(
                f'<div class="scroll" tabindex="0" role="group" aria-label="{self._t("table")}">'
                f"<table>{''.join(rows)}</table></div>"
            )
        if group.kind == "terms":
            return Html("".join(f'<p class="{html(one.block.kind)}">{self._words(one)}</p>' for one in group.lines))
        return Html("".join(f"<p>{self._words(one)}</p>" for one in group.lines))

    def _cell(self, line: Line, wide: int) -> Html:
        cell = line.block.cell
        name = "th" if cell is not None and cell.is_header else "td"
        spans = f' colspan="{wide}"' if wide > 1 else ""
        if cell is not None and cell.rows > 1:
            spans += f' rowspan="{cell.rows}"'
        return Html(f"<{name}{spans}>{self._words(line)}</{name}>")

    # Words, and the claims in them.

    def _words(self, line: Line) -> Html:
        return Html("".join(self._stretch(one) if one.marks else self._plain(one) for one in line.stretches))

    def _plain(self, one: Stretch) -> Html:
        if not one.skipped:
            return html(one.text)
        return Html(f'{html(one.text)}<span class="tag">{self._n("skipped", one.skipped)}</span>{html(one.rest)}')

    def _stretch(self, one: Stretch) -> Html:
        """What claims are of: a link to the note of the first, with the ids of those that begin here."""
        first, ids = one.marks[0], "".join(f'<span id="{html(mark.key)}"></span>' for mark in one.begins[1:])
        name = f' id="{html(one.begins[0].key)}"' if one.begins else ""
        if not first.typed:
            return Html(f'{ids}<span class="m-u"{name}>{self._plain(one)}</span>')
        bad = next((mark.bad for mark in one.marks if mark.bad), "")
        kind = f"m m-{first.hue}" + (f" bad bad-{html(bad)}" if bad else "") + (" begins" if one.begins else "")
        numbers = "·".join(str(mark.number) for mark in one.begins if mark.typed)
        if numbers:
            name += f' data-n="{numbers}"'
        notes = html(" ".join(mark.key for mark in one.marks if mark.typed))
        return Html(
            f'{ids}<a class="{kind}" href="#n-{html(first.key)}"{name} data-notes="{notes}">{self._plain(one)}</a>'
        )

    # What stands beside them.

    def _margin(self, begins: Iterable[Marked], notes: Mapping[str, Note]) -> Html:
        begins = tuple(begins)
        if not begins:
            return _NOTHING
        written = "".join(self._note(notes[mark.key]) for mark in begins if mark.typed)
        return Html(f'<section class="margin">{written}</section>')

    def _note(self, note: Note) -> Html:
        mark = note.mark
        key, n = html(mark.key), mark.number
        says, record = self._shared(note.said)
        hedge = f"<b>{html(note.hedge)}</b> " if note.hedge else ""
        return Html(
            f'<div class="note note-{mark.hue}{" note-bad" if mark.bad else ""}" id="n-{key}" tabindex="-1">'
            f'<p class="note-says"><a class="note-n" href="#{key}" aria-label="{self._t("claims-here")} {n}">{n}</a> '
            f"{hedge}{says}</p>{self._met(note)}<details><summary>{self._t('record')}</summary>"
            f'<dl class="record">{record}{_rows(note.rows)}</dl></details></div>\n'
        )

    def _shared(self, said: Said) -> tuple[Html, Html]:
        """What is said, and the rows of its record: written once for all that say it."""
        known = self._said.get(id(said))
        if known is None:
            says = f'<span class="note-topic">{html(said.topic)}</span> <b>{html(said.value)}</b>'
            if said.bounds:
                says += f' <span class="soft">{html(said.bounds)}</span>'
            known = self._said[id(said)] = (said, Html(says), _rows(said.rows))  # with it, so that the id stays its own
        return known[1], known[2]

    def _met(self, note: Note) -> Html:
        if not note.partners:
            return _NOTHING
        left = f'<li class="soft">{self._n("more-findings", note.left)}</li>' if note.left else ""
        return Html(f'<ul class="note-partners">{"".join(map(self._partner, note.partners))}{left}</ul>')

    def _partner(self, one: Partner) -> Html:
        known = self._partners.get(id(one))
        if known is None:
            state = one.state_code
            tag = f' <span class="tag tag-{html(state)}">{html(one.state)}</span>' if state != "open" else ""
            more = f' <span class="soft">{self._n("n-articles", one.articles)}</span>' if one.articles > 1 else ""
            written = (
                f'<li><span class="badge badge-{html(one.severity_code)}">{html(one.kind)}</span>{tag} '
                f"{link(one.href, html(one.id), 'id')} {html(one.says)}{more}</li>"
            )
            known = self._partners[id(one)] = (one, Html(written))
        return known[1]


def _rows(rows: Rows) -> Html:
    return Html("".join(f"<div><dt>{html(key)}</dt><dd>{html(text)}</dd></div>" for key, text in rows))
