"""A server as its adapters see it: the address people type, and the server's reasons in one short line."""

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from rag.errors import BadSettings

_LONGEST_REASON = 180
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


def address(value: str, *, scheme: str = "http") -> SplitResult:
    """The parts of an address as people type it; *scheme* is what a missing one means.

    :raises BadSettings: when it is not an address
    """
    typed = value.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"{scheme}://{typed}")
        host = _HOST.fullmatch(parts.hostname or "localhost")
        if typed.isprintable() and parts.scheme in {"http", "https"} and host and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise BadSettings(reason=f"not the address of a server: {in_short(typed)}")


def is_loopback(host: str) -> bool:
    """Whether *host* is this machine; a proxy must never stand between."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def in_short(reason: object, *, secret: str = "") -> str:
    """*reason* in one line of less than 200 characters, with *secret* blotted out; it may be what a server sent."""
    if isinstance(reason, Mapping):
        reason = next((reason[key] for key in ("message", "error", "detail") if reason.get(key)), "no reason given")
    text = str(reason)
    if re.match(r"\s*<(!doctype|html|head|body)", text, re.IGNORECASE):
        return "a web page came back"
    if secret:
        text = text.replace(secret, "***")
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    if len(text) > _LONGEST_REASON:
        text = text[:_LONGEST_REASON].rstrip() + "…"
    return text or "no reason given"
