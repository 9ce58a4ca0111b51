"""`--cluster`: files summed up by a Dask cluster instead of processes of this machine."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audit.cluster.errors import ClusterError
from koujing.faults import Fault
from koujing.streams import err
from reports.width import safe
from reports.wording.clustering import cluster_line
from reports.wording.terms import Lang

if TYPE_CHECKING:
    from audit.summing import Parts

TIMEOUT = 10.0
"""Seconds that a scheduler has to answer, and to have a worker."""


@contextmanager
def workers_of(address: str, lang: Lang) -> Iterator[Parts]:
    """Within, files can be summed up by the workers of a cluster. Raises Fault for what is wrong with it, then and
    later."""
    try:
        from audit.cluster.driving import Cluster
    except ImportError as e:
        raise Fault("no-distributed") from e
    # What Dask logs is said here in words of ours, or is none of the user's business: a worker that is lost.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cluster = Cluster(address, TIMEOUT)
        with cluster:
            line = cluster_line(lang, address=address, workers=cluster.workers, dashboard=cluster.dashboard)
            err(f"note: {safe(line)}\n")
            yield cluster.sum_up
    except ClusterError as e:
        raise Fault(e.code, path="", line=None, column=None, **e.blanks) from e
