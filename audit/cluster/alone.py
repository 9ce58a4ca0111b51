"""`python -m audit.cluster.alone`: files from stdin to their sum on stdout, read by processes that they may end."""

from __future__ import annotations

import pickle
import sys
import zlib

from audit.cluster.tasks import packed, sum_of
from audit.summing import summing
from audit.workers import apart
from claims.domain import load_domain


def main() -> None:
    files, asked = pickle.loads(zlib.decompress(sys.stdin.buffer.read()))
    for name in asked.task.domains:
        load_domain(name)
    sys.stdout.buffer.write(packed(sum_of([part for _, part in apart(files, summing(asked))])))


if __name__ == "__main__":
    main()
