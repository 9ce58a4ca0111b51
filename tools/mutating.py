"""What mutmut would change, one change of one function at a time, and doing it (tools/mutants.py runs the tests)."""

from __future__ import annotations
import __future__ as features

import ast
import hashlib
import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import libcst as cst
from mutmut.configuration import config
from mutmut.mutation.file_mutation import create_mutations, deep_replace


class Mutant(NamedTuple):
    """A function with one change. `lines`: of the statement that is changed; `was` and `now`: what differs."""

    file: str
    function: str
    was: str
    now: str
    lines: range
    code: str

    @property
    def key(self) -> str:
        """What it is known by from run to run: another one as soon as the function is another."""
        digest = hashlib.sha256(self.code.encode()).hexdigest()[:12]
        return json.dumps([*self[:4], digest], ensure_ascii=False)


def files(wanted: list[str]) -> list[str]:
    """The files that are mutated, of those whose names hold a part that is wanted."""
    found = {str(path) for pattern in config().only_mutate for path in Path().glob(pattern)}
    return sorted(file for file in found if not wanted or any(part in file for part in wanted))


def mutants_of(file: str) -> Iterator[Mutant]:
    text = Path(file).read_text(encoding="utf-8")
    module, mutations, _, _ = create_mutations(file, text)
    owners = {method: owner for owner in module.body if isinstance(owner, cst.ClassDef) for method in owner.body.body}
    bodies = [(node, getattr(node, "body", [])) for node in ast.parse(text).body]
    nodes = {(o.name, f.name): f for o, body in bodies for f in body if isinstance(o, ast.ClassDef) and _is_def(f)}
    nodes |= {("", f.name): f for f, _ in bodies if _is_def(f)}
    for mutation in mutations:
        function = mutation.contained_by_top_level_function
        if not isinstance(function, cst.FunctionDef):
            continue
        plain, owner = function.with_changes(leading_lines=[]), owners.get(function)
        code = module.code_for_node(deep_replace(plain, mutation.original_node, mutation.mutated_node))
        old, new = module.code_for_node(plain).splitlines(), code.splitlines()
        head = _alike(old, new)
        tail = _alike(old[head:][::-1], new[head:][::-1])
        was, now = (" ".join(line.strip() for line in side[head : len(side) - tail]) for side in (old, new))
        name = (owner.name.value if owner else "", function.name.value)
        first = min(n.lineno for n in (nodes[name], *nodes[name].decorator_list))
        yield Mutant(file, ".".join(filter(None, name)), was, now, _statement(nodes[name], first + head), code)


def _alike(old: list[str], new: list[str]) -> int:
    """How many lines are the same from the first on."""
    differ = (n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    return next(differ, min(len(old), len(new)))


def _is_def(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def _statement(function: ast.FunctionDef, line: int) -> range:
    """The lines of the innermost statement of a function at a line; of one that holds others, its head."""
    nodes = [n for n in ast.walk(function) if isinstance(n, ast.stmt) and n.lineno <= line <= (n.end_lineno or 0)]
    found = max(nodes, key=lambda node: node.lineno, default=function)
    below = [node.lineno for node in ast.iter_child_nodes(found) if isinstance(node, ast.stmt)]
    whole = found is function or not below
    return range(found.lineno, (found.end_lineno or 0) + 1 if whole else max(found.lineno + 1, min(below)))


def exchange(mutant: Mutant) -> None:
    """Let the mutated function run in this process wherever the true one is known."""
    module = importlib.import_module(mutant.file.removesuffix(".py").replace("/", "."))
    owner, _, name = mutant.function.rpartition(".")
    space = dict(vars(module))
    exec(compile(mutant.code, mutant.file, "exec", features.annotations.compiler_flag, True), space)
    true, false = vars(getattr(module, owner) if owner else module)[name], space[name]
    true, false = getattr(true, "__func__", true), getattr(false, "__func__", false)
    true.__code__, true.__defaults__, true.__kwdefaults__ = false.__code__, false.__defaults__, false.__kwdefaults__
