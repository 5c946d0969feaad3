"""A model's Markdown as a tree of plain values: what is not in the tree cannot reach the browser.

There is no raw HTML, no picture and no link in the tree; what was written as one of these is text. An inline is
``[kind, content]``: ``["t", text]``, ``["code", text]``, ``["b", inlines]``, ``["i", inlines]``, ``["cite", number]``
or ``["br", ""]``. A block is a mapping whose ``k`` is ``p``, ``h``, ``ul``, ``ol``, ``quote``, ``code``, ``table`` or
``hr``.
"""

import re
from collections.abc import Sequence
from typing import Any

from rag.writing.markers import markers, normalised

Inline = list[Any]
Block = dict[str, Any]

_INLINE = re.compile(
    r"""
      (?P<ticks>`+)(?P<code>.+?)(?P=ticks)(?!`)
    | \\(?P<escaped>[\\`*_{}\[\]()#+\-.!|~>$])
    | !\[(?P<alt>[^\]\n]*)\]\([^()\s]*(?:\s[^()]*)?\)
    | \[(?P<label>[^\[\]\n]+)\]\((?P<url>[^()\s]*)(?:\s[^()]*)?\)
    | \[(?P<number>\d{1,3})\](?!\()
    | \*\*(?=\S)(?P<bold>.+?)(?<=\S)\*\*
    | (?<!\w)__(?=\S)(?P<strong>.+?)(?<=\S)__(?!\w)
    | \*(?=[^\s*])(?P<italic>[^*\n]+?)(?<=\S)\*(?!\*)
    | (?<!\w)_(?=[^\s_])(?P<slanted>[^_\n]+?)(?<=\S)_(?!\w)
    | (?P<break><br\s*/?>|\\\n)
    """,
    re.VERBOSE | re.DOTALL,
)
_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*(\S*)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"(?P<indent>\s*)(?:(?P<bullet>[-*+•])|(?P<number>\d{1,4})[.)、])\s+(?P<text>.*)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_EDGE = re.compile(r"(?<!\\)\|")
_HALF_MARK = re.compile(r"\s*[\[【［]\^?\d{0,3}$")
_DEEPEST = 6


def prose(text: str, *, live: bool = False) -> list[Block]:
    """The blocks of *text*; while it is *live*, a mark or an emphasis cut off at its end is not shown half."""
    text = normalised(text.replace("\r\n", "\n"))
    if live:
        text = _HALF_MARK.sub("", text)
        text = _without_half_table(text)
        last = text.rpartition("\n")[2]
        if last.count("**") % 2:
            text = text.rstrip("*") if text.endswith("**") else text.rstrip() + "**"
    return _blocks(text.split("\n"), 0)


def _without_half_table(text: str) -> str:
    """*text* without the head of a table whose rule has not come yet, or the row that is being written."""
    lines = text.split("\n")
    first = len(lines)
    while first and lines[first - 1].lstrip().startswith("|"):
        first -= 1
    if first == len(lines):
        return text
    if not _is_table(lines, first):
        return "\n".join(lines[:first])
    return text if lines[-1].rstrip().endswith("|") else "\n".join(lines[:-1])


def verbatim(text: str) -> list[Block]:
    """The words of documents, each line a paragraph that ends in its mark: nothing in them is taken for Markdown."""
    found: list[Block] = []
    for line in text.split("\n"):
        body = line.removeprefix("- ").rstrip()
        own = [marker for marker in markers(body) if marker.end == len(body)]
        cites: list[Inline] = []
        if own:
            body = body[: own[-1].start].rstrip()
            cites = [["cite", number] for number in own[-1].numbers]
        if body or cites:
            found.append({"k": "p", "c": [["t", body], *cites]})
    return found


def inlines(text: str, depth: int = 0) -> list[Inline]:
    """The inlines of a run of *text*."""
    found: list[Inline] = []
    at = 0
    for match in _INLINE.finditer(text):
        _add_text(found, text[at : match.start()])
        at = match.end()
        kind = match.lastgroup
        inner = depth + 1
        if match["code"] is not None:
            found.append(["code", match["code"].strip()])
        elif match["escaped"] is not None:
            _add_text(found, match["escaped"])
        elif match["alt"] is not None:
            _add_text(found, match["alt"])
        elif match["label"] is not None:
            label, url = match["label"], match["url"]
            _add_text(found, label if label == url or not url else f"{label} ({url})")
        elif match["number"] is not None:
            _drop_space(found)
            found.append(["cite", int(match["number"])])
        elif kind == "break":
            found.append(["br", ""])
        elif depth >= _DEEPEST:
            _add_text(found, match[0])
        elif kind in {"bold", "strong"}:
            found.append(["b", inlines(match[kind], inner)])
        else:
            found.append(["i", inlines(match["italic"] or match["slanted"], inner)])
    _add_text(found, text[at:])
    return found


def _add_text(found: list[Inline], text: str) -> None:
    """Models break a line where they mean it, so a line break stays one."""
    for index, line in enumerate(re.split(r"[ \t]*\n[ \t]*", text)):
        if index:
            found.append(["br", ""])
        if line and found and found[-1][0] == "t":
            found[-1][1] += line
        elif line:
            found.append(["t", line])


def _drop_space(found: list[Inline]) -> None:
    """A mark stands right behind the word that it belongs to."""
    if found and found[-1][0] == "t":
        found[-1][1] = found[-1][1].rstrip()
        if not found[-1][1]:
            found.pop()


def _blocks(lines: Sequence[str], depth: int) -> list[Block]:
    found: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif fence := _FENCE.match(line):
            at = _code(found, lines, at, fence)
        elif heading := _HEADING.match(line):
            found.append({"k": "h", "l": len(heading[1]), "c": inlines(heading[2])})
            at += 1
        elif _RULE.match(line):
            found.append({"k": "hr"})
            at += 1
        elif _is_table(lines, at):
            at = _table(found, lines, at)
        elif line.lstrip().startswith(">") and depth < _DEEPEST:
            end = _end(lines, at, lambda each: each.lstrip().startswith(">"))
            inside = [each.lstrip()[1:].removeprefix(" ") for each in lines[at:end]]
            found.append({"k": "quote", "c": _blocks(inside, depth + 1)})
            at = end
        elif _ITEM.match(line) and depth < _DEEPEST:
            at = _list(found, lines, at, depth)
        else:
            end = at + 1
            while end < len(lines) and not _begins_block(lines, end):
                end += 1
            found.append({"k": "p", "c": inlines("\n".join(lines[at:end]).strip())})
            at = end
    return found


def _begins_block(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    return (
        not line.strip()
        or any(pattern.match(line) for pattern in (_FENCE, _HEADING, _RULE, _ITEM))
        or line.lstrip().startswith(">")
        or _is_table(lines, at)
    )


def _end(lines: Sequence[str], at: int, belongs: Any) -> int:
    while at < len(lines) and belongs(lines[at]):
        at += 1
    return at


def _code(found: list[Block], lines: Sequence[str], at: int, fence: re.Match[str]) -> int:
    """A fenced block; one that is not closed goes on to the end."""
    end = at + 1
    while end < len(lines) and lines[end].strip() != fence[1]:
        end += 1
    found.append({"k": "code", "text": "\n".join(lines[at + 1 : end])})
    return end + 1


def _is_table(lines: Sequence[str], at: int) -> bool:
    return (
        "|" in lines[at]
        and at + 1 < len(lines)
        and _TABLE_RULE.match(lines[at + 1]) is not None
        and len(_cells(lines[at])) == len(_cells(lines[at + 1]))
    )


def _table(found: list[Block], lines: Sequence[str], at: int) -> int:
    head = _cells(lines[at])
    align = ["right" if cell.endswith(":") and not cell.startswith(":") else "left" for cell in _cells(lines[at + 1])]
    end = _end(lines, at + 2, lambda line: line.strip() and "|" in line)
    rows = [(_cells(line) + [""] * len(head))[: len(head)] for line in lines[at + 2 : end]]
    found.append(
        {
            "k": "table",
            "align": align,
            "head": [inlines(cell) for cell in head],
            "rows": [[inlines(cell) for cell in row] for row in rows],
        }
    )
    return end


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _CELL_EDGE.split(line)]


def _list(found: list[Block], lines: Sequence[str], at: int, depth: int) -> int:
    """Items of one kind and their lines; what is indented deeper than an item's mark belongs to the item."""
    first = _ITEM.match(lines[at])
    assert first is not None  # noqa: S101 - the caller has matched it
    indent = len(first["indent"].expandtabs(4))
    ordered = first["number"] is not None
    items: list[list[str]] = []
    while at < len(lines):
        line = lines[at]
        item = _ITEM.match(line)
        depth_here = len(line) - len(line.lstrip()) if line.strip() else indent + 1
        if item and len(item["indent"].expandtabs(4)) <= indent and not _RULE.match(line):
            if (item["number"] is not None) != ordered or len(item["indent"].expandtabs(4)) < indent:
                break
            items.append([item["text"]])
        elif not line.strip():
            following = next((each for each in lines[at + 1 :] if each.strip()), "")
            goes_on = _ITEM.match(following) or len(following) - len(following.lstrip()) > indent
            if not goes_on:
                break
            items[-1].append("")
        elif depth_here > indent or not _begins_block(lines, at):
            items[-1].append(line[indent + 2 :] if line[: indent + 2].isspace() else line.lstrip())
        else:
            break
        at += 1
    block: Block = {"k": "ol" if ordered else "ul", "items": [_blocks(item, depth + 1) for item in items]}
    if ordered:
        block["start"] = int(first["number"])
    found.append(block)
    return at
