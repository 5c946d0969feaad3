"""What a browser gets first: Streamlit's page, with our name, sign and measures in it before anything is drawn."""

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, RedirectResponse, Response
from streamlit.file_util import get_static_dir

from rag.entrypoints.ui import components

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_MARK = Path(__file__).parent / "marks" / "mark.svg"
_NOT_PAGES = ("_stcore", "static", "media", "component", "app", "oauth2callback")  # the first part of a path
_BACKGROUND = (
    "<style>html { background: #fff } @media (prefers-color-scheme: dark) { html { background: #141817 } }</style>"
)


class FirstPage:
    """Answers those who ask for a page itself; all else is for the *app* within."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app
        self._page = first_page((Path(get_static_dir()) / "index.html").read_text("utf-8"))

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Streamlit finds its own scripts only from a path of one part: a longer one leads to its last part."""
        parts = _page_asked_for(scope)
        if parts is None:
            await self._app(scope, receive, send)
            return
        response: Response = HTMLResponse(self._page, headers={"Cache-Control": "no-cache"})
        if len(parts) > 1:
            query = scope.get("query_string", b"").decode("latin-1")
            response = RedirectResponse("../" * (len(parts) - 1) + parts[-1] + (f"?{query}" if query else ""))
        await response(scope, receive, send)


def first_page(html: str) -> str:
    """*html* of Streamlit with our name and sign, and the rules of the frame, which else come after the first words."""
    sign = b64encode(_MARK.read_bytes()).decode()
    html = html.replace("<title>Streamlit</title>", "<title>PageCite</title>")
    html = html.replace('href="./favicon.png"', f'href="data:image/svg+xml;base64,{sign}"')
    return html.replace("</head>", f"{_BACKGROUND}<style>{components.layout()}</style></head>")


def _page_asked_for(scope: "Scope") -> list[str] | None:
    """The parts of the path, as they were sent, when a browser asks for a page; ``None`` when it asks for more."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return None
    accepted = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    path = scope.get("raw_path", b"").decode("latin-1") or scope["path"]
    parts = path.removeprefix("/").split("/") if path != "/" else []
    if b"text/html" not in accepted or "" in parts or (parts and (parts[0] in _NOT_PAGES or "." in parts[-1])):
        return None
    return parts
