"""Why a cluster cannot do what it is asked to."""

from __future__ import annotations


class ClusterError(Exception):
    """The cluster cannot do the work. `code` and `blanks` say why, in any language; it may come from a worker."""

    def __init__(self, code: str, **blanks: str) -> None:
        super().__init__(code, blanks)
        self.code = code
        self.blanks = blanks

    def __reduce__(self) -> tuple[object, tuple[str, dict[str, str]]]:
        return _again, (self.code, self.blanks)


def _again(code: str, blanks: dict[str, str]) -> ClusterError:
    return ClusterError(code, **blanks)
