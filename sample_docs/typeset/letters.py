"""Letters and lines: typefaces, styles, and where a text breaks, in English and Chinese."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pymupdf

Colour = tuple[float, float, float]

INK: Colour = (0.13, 0.15, 0.18)
GREY: Colour = (0.42, 0.46, 0.50)
PALE: Colour = (0.80, 0.83, 0.86)
WHITE: Colour = (1.0, 1.0, 1.0)

WIDTH, HEIGHT = 595.0, 842.0  # A4, in points
FAUX_BOLD = 0.032  # the Han face comes in one weight; a stroke of this part of its size makes the bold one

NEVER_FIRST = set("，。、；：！？）》】”’％%,.;:!?)")
NEVER_LAST = set("（《【“‘(")
WIDE = "[\u2e80-\uffff“”‘’—…·×℃]"  # in a Chinese text these are as wide as a character


@cache
def faces() -> dict[str, pymupdf.Font]:
    """The typefaces that MuPDF carries: Charis SIL, Nimbus Sans and Droid Sans Fallback."""
    scratch = pymupdf.open()
    page = scratch.new_page()
    page.insert_htmlbox(
        pymupdf.Rect(0, 0, 500, 500), '<p style="font-family: Charis SIL">a <b>b</b> <i>c</i> <b><i>d</i></b></p>'
    )
    charis = {name: scratch.extract_font(xref)[3] for xref, _, _, name, *_ in page.get_fonts()}
    names = {"": "serif", "Bold": "serif-bold", "Italic": "serif-italic"}
    found = {
        face: pymupdf.Font(fontbuffer=buffer)
        for name, buffer in charis.items()
        for weight, face in names.items()
        if name.removeprefix("Charis SIL ") == (weight or "Regular")
    }
    found |= {
        face: pymupdf.Font(name) for face, name in (("sans", "helv"), ("sans-bold", "hebo"), ("sans-italic", "heit"))
    }
    return found | {"han": pymupdf.Font("china-s"), "han-bold": pymupdf.Font("china-s")}


@cache
def advance(face: str, letter: str) -> float:
    """The width of a letter set in one point."""
    return float(faces()[face].glyph_advance(ord(letter)))


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text looks; *han* says that quotation marks and dashes are Chinese ones."""

    family: str = "serif"
    size: float = 9.6
    leading: float = 13.6
    colour: Colour = INK
    bold: bool = False
    italic: bool = False
    han: bool = False
    justify: bool = False
    indent: float = 0.0
    after: float = 6.0

    def but(self, **changes: object) -> "Style":
        """The same style with some *changes*."""
        return Style(**{name: changes.get(name, getattr(self, name)) for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one face."""

    text: str
    face: str
    size: float

    @property
    def width(self) -> float:
        """In points."""
        return sum(advance(self.face, letter) for letter in self.text) * self.size


def runs(text: str, style: Style) -> list[Run]:
    """*text* cut where the face changes; ``**words**`` are bold and ``*words*`` italic."""
    found: list[Run] = []
    for piece in re.findall(r"\*\*.+?\*\*|\*[^*]+?\*|[^*]+", text):
        bold, italic = style.bold or piece.startswith("**"), style.italic or (piece[0] == "*" and piece[1] != "*")
        latin = style.family + ("-bold" if bold else "-italic" if italic else "")
        han = "han-bold" if bold else "han"
        pattern = f"{WIDE}+|(?:(?!{WIDE}).)+" if style.han else ".+"
        for part in re.findall(pattern, piece.strip("*").replace("'", "’")):
            face = han if style.han and re.match(WIDE, part) else latin
            found.append(Run(part, face, style.size))
    return found


def measure(text: str, style: Style) -> float:
    """The width of *text* on one line."""
    return sum(run.width for run in runs(text, style))


def _atoms(text: str, style: Style) -> Iterator[Run]:
    """The smallest pieces between which a line may break: a Latin word with its space, or a Han character."""
    joined = re.sub(r"\s*\n\s*", "" if style.han else " ", text.strip())
    for run in runs(re.sub(r" +", " ", joined), style):
        if run.face.startswith("han"):
            yield from (Run(letter, run.face, run.size) for letter in run.text)
        else:
            yield from (Run(word, run.face, run.size) for word in re.findall(r"\S+\s*|\s+", run.text))


@dataclass(slots=True)
class Line:
    """Atoms that stand on one line."""

    atoms: list[Run] = field(default_factory=list)
    last: bool = False

    @property
    def width(self) -> float:
        """Without the space at the end."""
        if not self.atoms:
            return 0.0
        tail = self.atoms[-1]
        return sum(atom.width for atom in self.atoms[:-1]) + Run(tail.text.rstrip(), tail.face, tail.size).width


def lines(text: str, width: float, style: Style) -> list[Line]:
    """*text* broken into lines of at most *width*, the first one indented by the style's indent."""
    groups: list[list[Run]] = []  # atoms that must not be parted
    for atom in _atoms(text, style):
        glued = groups and (
            atom.text[0] in NEVER_FIRST
            or groups[-1][-1].text[-1] in NEVER_LAST
            or (groups[-1][0].text.strip("(“")[0:1] == "$" and atom.text.startswith(("million", "billion")))
            or (
                not atom.face.startswith("han")
                and not groups[-1][-1].face.startswith("han")
                and not groups[-1][-1].text.endswith(" ")
            )
        )
        if glued:
            groups[-1].append(atom)
        else:
            groups.append([atom])
    made, room = [Line()], width - style.indent
    for group in groups:
        trial = Line(made[-1].atoms + group)
        if made[-1].atoms and trial.width > room + 0.01:
            made.append(Line(list(group)))
            room = width
        else:
            made[-1] = trial
    made[-1].last = True
    return made
