"""AutoCorrect linting files: spacing, punctuation and width of Chinese text.

    python -m benchmarks.peers.autocorrect JOB.json
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import autocorrect_py

from benchmarks.serving import Act, digest_of, serve, settle


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    files: list[list[tuple[str, str]]] = job["files"]

    def lint(part: int) -> list[Any]:
        return [autocorrect_py.lint_for(text, name) for name, text in files[part]]

    def tell(found: list[Any]) -> dict[str, Any]:
        lines = [[line.line for line in one.lines] for one in found]
        return {"hits": sum(map(len, lines)), "digest": digest_of(lines)}

    settle()
    serve({"lint": Act(lint, tell, job["once"])}, {"AutoCorrect": version("autocorrect_py")})


if __name__ == "__main__":
    main()
