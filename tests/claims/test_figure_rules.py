"""Rules of figures: their own examples, and names in figures.yaml that name nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from claims.domain import load_domain, load_folder
from claims.domain_files import SCHEMAS
from claims.errors import DomainError
from claims.examples import NOTHING, Failure, figure_failures, normal

RULES: dict[str, Any] = {
    "facets": {"tier": {"BRANCH": ["community"]}},
    "ranks": [["scheme"], ["tier"]],
    "rules": [
        {
            "id": "fine",
            "topic": "lib.fine",
            "unit": ["yuan"],
            "cues": ["FINE"],
            "facets": ["region", "tier"],
            "says": [{"text": "分馆超期罚款5元。", "is": "5 tier:community"}],
            "silent": ["罚款单在前台领取。"],
        },
        {"id": "fine.none", "topic": "lib.fine", "at": ["FREE"], "low": 0, "high": 0, "facets": ["tier"]},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny domain of one kind of figures that is right."""
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "patterns").mkdir()
    texts = {
        "domain.yaml": "name: lib\nsubjects: {library: [LIBRARY]}\ndefault_subject: library\nabout: {}\n"
        "predicates: []\ncovering: []\n",
        "topics.yaml": "units: {yuan: {zh: 元, en: yuan}}\ntopics:\n"
        "  lib.fine: {kind: measure, unit: yuan, title: {zh: 罚款, en: fine}, says: {zh: 罚款, en: fine}}\n"
        "  lib.open: {kind: flag, title: {zh: 开馆, en: open}, says: {zh: 开馆, en: open}}\n",
        "lexicon/words.yaml": "families: {lib: {LIBRARY: 图书馆, FINE: 罚款, FREE: 免罚, BRANCH: 分馆}}\n",
        "figures.yaml": yaml.safe_dump(RULES, allow_unicode=True),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def changed(folder: Path, **changes: Any) -> Path:
    """The domain with keys of its first rule written anew; `ranks`, `sole` and `facets_of` (its facets) are of the
    whole file."""
    whole = {k.removesuffix("_of"): changes.pop(k) for k in ("facets_of", "ranks", "sole") if k in changes}
    rules = [{**RULES["rules"][0], **changes}, RULES["rules"][1]]
    text = yaml.safe_dump({**RULES, **whole, "rules": rules}, allow_unicode=True)
    (folder / "figures.yaml").write_text(text, encoding="utf-8")
    return folder


def failures(folder: Path) -> list[Failure]:
    return list(figure_failures(load_folder(folder)))


def test_a_domain_of_figures_needs_no_code(folder: Path) -> None:
    assert failures(folder) == []


@pytest.mark.parametrize(
    ("changes", "message", "hint", "line"),
    [
        ({"cues": ["FINES"]}, "rules/0/cues: no concept 'FINES' in the lexicon", "did you mean FINE?", "cues:"),
        ({"also": [["BRANCHS"]]}, "rules/0/also: no concept 'BRANCHS' in the lexicon", "did you mean BRANCH?", "also:"),
        ({"topic": "lib.fines"}, "fine: no topic 'lib.fines' in topics.yaml", "did you mean lib.fine?", "topic:"),
        (
            {"topic": "lib.open"}, "fine: a figure is a measure, and lib.open is a flag",
            "choose a topic of kind measure", "topic:",
        ),
        ({"unit": ["yuans"]}, "fine: no unit 'yuans'", "did you mean yuan?", "unit:"),
        ({"facets": ["regions"]}, "rules/0/facets: no facet 'regions'", "did you mean region?", "facets:"),
        ({"facets": {"tier": ["tier4"]}}, "tier: no member 'tier4'", "did you mean tier1?", "tier:"),
        ({"only_if": {"tier": ["none", "comunity"]}}, "tier: no member 'comunity'", "did you mean community?", "tier:"),
        (
            {"at": ["FREE"]}, "fine: a rule has either `unit` or `at`",
            "name the units of its numbers, or its concepts", "at:",
        ),
        ({"cues": []}, "fine: a rule of numbers needs cues", "add cues: [CONCEPT]", "cues:"),
        ({"convert": {"month": [12, 1]}}, "fine: month is none of its units", "add month to unit", "month:"),
        ({"least": 9, "most": 5}, "fine: least is more than most", "swap them", "least:"),
        ({"id": "fine.none"}, "the rule id 'fine.none' is repeated", "give each rule an id of its own", "id:"),
        (
            {"facets_of": {"tier": {"BRANCH": ["!comunity"]}}}, "tier: no member 'comunity'",
            "did you mean community?", "BRANCH:",
        ),
        ({"ranks": [["schemes"]]}, "ranks/0: no facet 'schemes'", "did you mean scheme?", "schemes"),
        ({"sole": ["payers"]}, "sole/0: no facet 'payers'", "did you mean payer?", "payers"),
        ({"unti": ["yuan"]}, "rules/0: there is no key 'unti'", "did you mean unit?", "unti:"),
    ],
)  # fmt: skip
def test_what_names_nothing_is_told_with_its_line(
    folder: Path, changes: dict[str, Any], message: str, hint: str, line: str
) -> None:
    with pytest.raises(DomainError) as caught:
        load_folder(changed(folder, **changes))
    assert (caught.value.message, caught.value.hint) == (message, hint)
    assert caught.value.path.endswith("figures.yaml")
    lines = (folder / "figures.yaml").read_text(encoding="utf-8").splitlines()
    assert caught.value.line is not None
    assert lines[caught.value.line - 1].strip(" -").startswith(line)


def test_examples_are_compared_with_every_facet(folder: Path) -> None:
    (failure,) = failures(changed(folder, says=[{"text": "分馆超期罚款5元。", "is": 5}]))
    assert (failure.where, failure.expected, failure.got) == ("fine", "5", "5 tier:community (figures.fine)")
    assert failure.keys == ("rules", 0, "says", 0)
    (failure,) = failures(changed(folder, silent=["罚款6元。"]))
    assert (failure.expected, failure.got) == (NOTHING, "6 (figures.fine)")


def test_says_must_be_read_by_its_own_rule(folder: Path) -> None:
    (failure,) = failures(changed(folder, says=["分馆免罚。"]))
    assert failure.got == "0 tier:community (figures.fine.none)"


def test_notation_in_any_order() -> None:
    assert normal("6 tier:tier3,tier2 !population:retired !武汉市 @湖北省 some") == normal(
        "6 some @湖北省 !武汉市 tier:tier2,tier3 !population:retired"
    )


def test_the_guide_names_every_key() -> None:
    page = (Path(__file__).parents[2] / "docs" / "domain-authors.md").read_text(encoding="utf-8")
    section = page[page.index("## figures.yaml") : page.index("## Cases")]
    schema = json.loads((SCHEMAS / "figures.schema.json").read_text(encoding="utf-8"))
    keys = {*schema["properties"], *schema["properties"]["rules"]["items"]["properties"]}
    assert {key for key in keys - {"rules", "low", "high"} if f"`{key}`" not in section} == set()


def test_every_rule_of_the_domain_has_examples() -> None:
    figures = load_domain("yibao").figures
    assert figures is not None
    assert [r.id for r in figures.rules if len(r.says) < 3 or len(r.silent) < 3] == []


def test_the_examples_of_the_domain() -> None:
    told = [f"{f.where}: {f.text}: {f.expected}, not {f.got}" for f in figure_failures(load_domain("yibao"))]
    assert told == []
