"""The server: a socket, a few threads, and a limit to how long a request may take to arrive."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from waitress.server import create_server  # type: ignore[import-untyped]

from koujing.faults import Fault
from koujing.serve.app import MOST_BYTES, App
from koujing.serve.site import Site
from koujing.serve.wire import Channel
from koujing.streams import err

PORT = 8765
TRIED = 20
"""So many ports are tried where none was asked for."""
PATIENCE = 20
"""Seconds in which a request has to arrive, and after which a silent connection is closed."""
EVERY = 0.5
"""Seconds between two looks at the disk, at least; where nothing has changed, looking takes a twentieth of the time at
most."""
MOST_PAUSE = 5.0
THREADS = 4


class Server:
    """Listens from the moment it is made. Raises Fault where it cannot. `port` None: the first that is free."""

    def __init__(self, app: App, host: str, port: int | None, *, patience: int = PATIENCE) -> None:
        logging.getLogger("waitress").setLevel(logging.ERROR)
        self._server = self._listen(app, host, port, patience)
        listens = getattr(self._server, "effective_listen", None)
        self.port: int = int(listens[0][1] if listens else self._server.effective_port)
        app.listens(self.port)

    def _listen(self, app: App, host: str, port: int | None, patience: int) -> Any:
        wanted = range(PORT, PORT + TRIED) if port is None else [port]
        failed: Exception = OSError()
        for one in wanted:
            try:
                server = create_server(
                    app, host=host, port=one, threads=THREADS, ident=None, max_request_body_size=MOST_BYTES,
                    max_request_header_size=32 * 1024, channel_timeout=patience,
                    cleanup_interval=max(1, patience // 4), connection_limit=200, clear_untrusted_proxy_headers=True,
                )  # fmt: skip
            except (OSError, ValueError) as e:
                failed = e
                continue
            for listener in getattr(server, "map", {0: server}).values():
                if hasattr(listener, "channel_class"):
                    listener.channel_class = Channel
            return server
        shown = f"{host}:{port if port is not None else f'{PORT}-{PORT + TRIED - 1}'}"
        raise Fault("serve-port", got=shown, why=getattr(failed, "strerror", None) or failed) from failed

    def run(self) -> None:
        """Until Ctrl-C, or SIGTERM."""
        self._server.run()

    def close(self) -> None:
        self._server.close()


class Watch(threading.Thread):
    """Looks at the disk now and then."""

    def __init__(self, site: Site, every: float = EVERY) -> None:
        super().__init__(name="koujing-watch", daemon=True)
        self._site, self._every = site, every
        self._end = threading.Event()

    def run(self) -> None:
        pause = self._every
        while not self._end.wait(pause):
            began, before = time.monotonic(), self._site.shown
            try:
                self._site.refresh()
            except Exception as e:  # whatever it is, the page that there is stays
                err(f"{type(e).__name__}: {e}\n")
            took = time.monotonic() - began if self._site.shown is before else 0
            pause = min(max(self._every, 20 * took), MOST_PAUSE)

    def end(self) -> None:
        self._end.set()
        if self.ident is not None:
            self.join(timeout=5)
