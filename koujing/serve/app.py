"""Whom the server lets in, and what it answers. Pages come from memory, by a table: no address leads to a file.

A page of another site can make a browser send requests here. So every request must name this server as its host (a
name that was made to point here does not), and one that decides must come from this page: by `Origin` and
`Sec-Fetch-Site`, by a cookie that other sites' requests do not carry, and by a token that they cannot read.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from hmac import compare_digest
from ipaddress import IPv4Address, IPv6Address
from secrets import token_urlsafe
from typing import Any, TypeAlias

import msgspec
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from koujing.serve.desk import Clash, Desk, Form, Reply
from koujing.serve.headers import BARE, HEADERS
from koujing.serve.site import Site
from koujing.streams import err
from reports.html.assets import policy, shared
from reports.html.page import INDEX
from reports.wording.serving import serve_words

MOST_BYTES = 256 * 1024
"""Of a request's body."""
METHODS = ("GET", "HEAD", "POST")
_KINDS = {"css": "text/css", "js": "text/javascript", "csv": "text/csv"}
TOKEN = "X-Koujing-Token"
LOCAL = ("127.0.0.1", "localhost", "[::1]")
_ROUTES = Map(
    [
        Rule("/state", endpoint="state", methods=["GET"]),
        Rule("/finding/<string(maxlength=40):name>", endpoint="finding", methods=["GET"]),
        Rule("/preview", endpoint="preview", methods=["POST"]),
        Rule("/write", endpoint="write", methods=["POST"]),
        Rule("/<path:page>", endpoint="page", methods=["GET"]),
        Rule("/", endpoint="page", methods=["GET"], defaults={"page": ""}),
    ],
    merge_slashes=False,
    strict_slashes=True,
    redirect_defaults=False,
)

Start: TypeAlias = Callable[..., Any]


class Refused(Exception):
    """A request that is not answered: the code of HTTP, and why."""

    def __init__(self, code: int, why: str) -> None:
        self.code, self.why = code, why
        super().__init__(why)


class App:
    """The WSGI application. `hosts` are names by which it is called, without port; `any_address` takes every address
    that is a number, which no name can be made to stand for. `locked`: who opens the page needs the key of `url`."""

    def __init__(
        self, site: Site, by: str, hosts: Iterable[str] = LOCAL, *, any_address: bool = False, locked: bool = False
    ) -> None:  # fmt: skip
        self._site = site
        self._key, self._token = token_urlsafe(32), token_urlsafe(32)
        self._desk = Desk(site, by, self._token)
        self._hosts, self._any_address, self._locked = frozenset(hosts), any_address, locked
        self._port = 0
        self._policy = {
            apart: f"{shared(served=True).policy if apart else policy(served=True)}; frame-ancestors 'none'"
            for apart in (False, True)
        }

    def listens(self, port: int) -> None:
        """Before the first request: the port, which is part of what it is called by."""
        self._port = port

    def url(self, host: str) -> str:
        return f"http://{host}:{self._port}/" + (f"?key={self._key}" if self._locked else "")

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = MOST_BYTES
        try:
            response = self._answer(request)
        except Refused as e:
            response = self._text(e.code, serve_words("refused", self._site.lang, why=e.why))
        except HTTPException as e:
            response = self._text(e.code or 500, e.name)
            if e.code == 405:
                response.headers["Allow"] = ", ".join(sorted(getattr(e, "valid_methods", None) or METHODS))
        except Exception as e:
            err("".join(traceback.format_exception(e)))
            response = self._text(500, "internal error")
        for name, value in HEADERS.items():
            response.headers[name] = value
        for name, value in BARE.items():
            response.headers.setdefault(name, value)
        return response(environ, start)

    def _answer(self, request: Request) -> Response:
        self._check_host(request)
        if request.method not in METHODS:
            raise MethodNotAllowed(METHODS)
        endpoint, args = _ROUTES.bind_to_environ(request.environ).match()
        if endpoint == "page":
            self._check_shown(request)
            return self._page(request, str(args["page"]))
        self._check_same(request)
        if endpoint == "state":
            shown = self._site.shown
            mark = shown.pages.mark_of(_name(request.args.get("page", "")))
            return self._json({"mark": mark, "troubles": [*self._site.broken, *shown.troubles]})
        if not compare_digest(self._cookie(request), self._key):
            return self._json(Clash(error=serve_words("no-key", self._site.lang)), 403)
        if endpoint == "finding":
            return self._reply(self._desk.offer(str(args["name"])))
        form = self._form(request)
        return self._reply(self._desk.preview(form) if endpoint == "preview" else self._desk.write(form))

    # Who asks.

    def _check_host(self, request: Request) -> None:
        if not self._is_ours(request.environ.get("HTTP_HOST", "")):
            raise Refused(421, "Host")

    def _is_ours(self, host: str) -> bool:
        name, colon, port = host.rpartition(":")
        if not colon or port.endswith("]"):
            name, port = host, "80"
        if port != str(self._port):
            return False
        return name.lower() in self._hosts or (self._any_address and _is_address(name))

    def _check_shown(self, request: Request) -> None:
        """Another site may lead to the page, by a link. It may not use it as a part of its own: no picture, script or
        frame, nor what makes the server work at each. Raise Refused."""
        site = request.headers.get("Sec-Fetch-Site")
        how = (request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest"))
        if site not in (None, "same-origin", "none") and how != ("navigate", "document"):
            raise Refused(403, "Sec-Fetch-Site")

    def _check_same(self, request: Request) -> None:
        """Raise Refused for what another site makes a browser ask."""
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        if site not in (None, "same-origin"):
            raise Refused(403, "Sec-Fetch-Site")
        if origin is None and request.method != "POST":
            return
        if origin != f"http://{request.environ['HTTP_HOST']}":
            raise Refused(403, "Origin")

    def _cookie(self, request: Request) -> str:
        found = request.cookies.get(self._cookie_name, "")
        return found if found.isascii() else ""

    @property
    def _cookie_name(self) -> str:
        return f"koujing-{self._port}"  # cookies know no ports: another server of this machine has another one

    def _form(self, request: Request) -> Form:
        token = request.headers.get(TOKEN, "")
        if not token.isascii() or not compare_digest(token, self._token):
            raise Refused(403, TOKEN)
        if request.mimetype != "application/json":
            raise Refused(415, "Content-Type")
        if (request.content_length or 0) > MOST_BYTES:
            raise RequestEntityTooLarge
        try:
            return msgspec.json.decode(request.get_data(cache=False), type=Form)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
            raise Refused(400, "JSON") from e

    # What is answered.

    def _page(self, request: Request, path: str) -> Response:
        if path in ("preview", "write"):
            raise MethodNotAllowed(("POST",))
        page = self._site.page(_name(path))
        if not page:
            return self._text(404, "404")
        key = request.args.get("key", "")
        opened = not self._locked or (key.isascii() and compare_digest(key, self._key))
        if self._locked and key and opened:
            response = Response(status=303, headers={"Location": "/"})  # the key does not stay in the address
        else:
            kind = _KINDS.get(path.rpartition(".")[2], "text/html")
            response = Response(page, content_type=f"{kind}; charset=utf-8")
            response.headers["Content-Security-Policy"] = self._policy["/" in path]
        if opened:
            response.set_cookie(self._cookie_name, self._key, httponly=True, samesite="Strict", path="/")
        return response

    def _reply(self, reply: Reply) -> Response:
        # A field that is still empty is no failure: it is told as the answer.
        return self._json(reply, 409 if isinstance(reply, Clash) else 200)

    def _json(self, value: object, code: int = 200) -> Response:
        return Response(msgspec.json.encode(value), status=code, content_type="application/json")

    def _text(self, code: int, text: str) -> Response:
        return Response(f"{text}\n", status=code, content_type="text/plain; charset=utf-8")


def _name(path: str) -> str:
    """The page at an address."""
    return path.removeprefix("/") or INDEX


def _is_address(name: str) -> bool:
    """A number, as it stands in `Host`: one of IPv6 in brackets, and of no zone."""
    try:
        if name.startswith("[") and name.endswith("]"):
            return "%" not in name and bool(IPv6Address(name[1:-1]))
        return bool(IPv4Address(name))
    except ValueError:
        return False
