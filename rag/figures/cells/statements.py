"""A figure that is made of lines of the statements of one report: ``effective tax rate``, ``inventory turnover``.

A statement is told by its title, or by the lines that no other table has together. Each line is found by its whole
label in the column of its year, and must say one thing wherever the report prints it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from rag.figures.asked.bounds import scale_of
from rag.figures.asked.formulas import Formula, Part, as_sql, formulas_in, parts_of, sound
from rag.figures.asked.label_forms import called
from rag.figures.asked.labels import GONE, PART_OF_YEAR, Question, means_more
from rag.figures.asked.reported import PARTS, plainly_dated, reported
from rag.figures.asked.statement_lines import LINES, Statement
from rag.figures.asked.wishes import Wish, wish_of
from rag.figures.cells.named_cells import leading_columns
from rag.figures.database.engine import quoted
from rag.figures.plans.statements import Plan
from rag.figures.typed import ROW, TypedTable

_TOLD_BY: tuple[tuple[Statement, str, tuple[str, ...]], ...] = (
    ("cash", r"cash flows?|现金流量表", (r"operating activities|经营活动", r"investing activities|投资活动")),
    (
        "balance",
        r"balance sheets?|financial (?:position|condition)|资产负债表",
        (r"^total assets$|^资产(?:总计|合计|总额)$", r"equity|liabilities|负债"),
    ),
    (
        "income",
        r"statements? of (?:consolidated )?(?:income|earnings|operations|profit)|income statements?|利润表|损益表",
        (r"net (?:income|earnings|loss|profit)|profit for|净利润", r"\btax|所得税", r"revenue|sales|收入"),
    ),
)
_ABOUT_STATEMENTS = re.compile(
    r"statements?|balance sheet|p&l|round|decimal|\bunits?\b|answer|assum|details|information|metric|question|explain"
    r"|请|计算|保留|报表"
)
_HOW_IT_MOVED = re.compile(
    r"\b(?:how|by) (?:much|many percentage points)\b|^\s*(?:does|did|has|is|was)\b|\b(?:positive|negative)\b"
    r"|\b(?:chang(?:e|ed)|compared? (?:to|with)|differ(?:ence)?)\b"
    r"|变化|变动|相比|比"
)
_AROUND = re.compile(r"(?:19|20)\d\d\s*年?度?|\b(?:company|group|its?|based on|data)\b")
_MEAN = re.compile(r"(?:\b(?:\d|two|three|four|five)[- ]years?)?\s*\b(?:average|mean)\b|平均")
_CHANGED = re.compile(r"chang|differ|compare|变化|变动|相比|比")
STATEMENT_WORDS = (
    *("total assets", "operating activities", "income tax", "资产总计", "经营活动", "所得税费用"),
    *("資產總計", "經營活動", "所得稅費用"),
)
"""Words by which statements may be looked for."""
_SURE = 1.6
_NEAR = 0.002


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure of a line: where it stands, and by how much it is to be multiplied (*scale*; 0 where nothing says)."""

    table: int
    row: int
    column: int
    value: float
    scale: float


def of_statements(wish: Wish, tables: Sequence[TypedTable], year: int | None) -> Plan | None:
    """How to make the figure that *wish* asks for of lines of *tables*, all of one report on *year*; ``None`` when it
    asks for more, or a line is missing or says several things.
    """
    if wish.ranked or wish.trend or wish.chart or PARTS.search(wish.text) or PART_OF_YEAR.search(wish.text):
        return None
    for formula in formulas_in(wish.text):
        rest = _rest(wish.text, formula)
        years = _years(rest, year)
        if not years or _says_more(rest):
            continue
        kinds = [_kinds(table) for table in tables]
        made = [_cells_of(formula, tables, kinds, each, year) for each in years]
        found = [cells for cells in made if cells is not None]
        if len(found) == len(years):
            return _as_plan(formula, tables, dict(zip(years, found, strict=True)), mean=_MEAN.search(rest) is not None)
    return None


def is_statement(table: TypedTable) -> bool:
    """Whether *table* is one of the statements of a company, or goes on with one."""
    return bool(_kinds(table))


# ── What the question says besides ──


def _rest(text: str, formula: Formula) -> str:
    """*text* without the figure and its formula, and without what only says where to look and how to round."""
    text = formula.taken_from(_in_full(text, formula.name))
    clauses = re.split(r"[.?;:,。？；：，]", plainly_dated(text))
    return " ".join(each for each in clauses if re.search(r"\d{4}", each) or not _ABOUT_STATEMENTS.search(each))


def _in_full(text: str, name: str) -> str:
    """*text* without the words of which *name* has the first letters: return on assets (roa)."""
    words = r"\W+".join(rf"\b{letter}[a-z]*" for letter in name)
    return re.sub(rf"{words}\s*\({re.escape(name)}\)", GONE, text) if name.isalpha() else text


def _years(rest: str, year: int | None) -> tuple[int, ...]:
    """The years of which the figure is asked for, the earliest first; of a change, both."""
    asked = sorted(set(map(int, re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", rest))))
    asked = asked or ([] if year is None else [year])
    if len(asked) == 2 and _MEAN.search(rest):
        return tuple(range(asked[0], asked[1] + 1))
    if len(asked) == 1 and _CHANGED.search(rest):
        asked = [asked[0] - 1, asked[0]]
    return tuple(asked) if len(asked) == 1 or (len(asked) == 2 and _CHANGED.search(rest)) else ()


def _says_more(rest: str) -> bool:
    for words in (_AROUND, _MEAN, _HOW_IT_MOVED):
        rest = words.sub(" ", rest)
    question = Question(rest)
    return means_more(question.left) or any(question.left_over())


# ── Where its lines stand ──


def _kinds(table: TypedTable) -> set[Statement]:
    """Which statements a table is, or goes on."""
    labels = [one for texts in table.texts if texts for one in called(texts[0])]
    title = wish_of(table.title).text
    found = {
        statement
        for statement, titles, told in _TOLD_BY
        if re.search(titles, title) or all(any(re.search(words, label) for label in labels) for words in told)
    }
    return found - {"income"} if "cash" in found else found  # that begins with the net income


def _cells_of(
    formula: Formula, tables: Sequence[TypedTable], kinds: Sequence[set[Statement]], when: int, year: int | None
) -> dict[Part, tuple[_Cell, ...]] | None:
    """The cells of each line in the year *when*, and for a mean in the one before."""
    found: dict[Part, list[list[_Cell]]] = {}
    for part in parts_of(formula.expression):
        line = LINES[part.line]
        own = [at for at, kind in enumerate(kinds) if line.statement in kind]
        years = (when - 1, when) if part.over else (when,)
        cells = [_all(line.names, tables, own, each, year) for each in years]
        if not all(cells):
            return None
        found[part] = cells
    scales = dict.fromkeys(cell.scale for cells in found.values() for each in cells for cell in each)
    for scale in scales:
        chosen = {part: tuple(_in_scale(each, scale) for each in cells) for part, cells in found.items()}
        known = {part: tuple(filter(None, cells)) for part, cells in chosen.items()}
        if all(len(known[part]) == len(cells) for part, cells in chosen.items()):
            values = {part: sum(cell.value for cell in cells) for part, cells in known.items()}
            return known if sound(formula.expression, values) else None
    return None


def _in_scale(cells: Sequence[_Cell], scale: float) -> _Cell | None:
    return next((cell for cell in cells if cell.scale in {scale, 0.0}), None)


def _all(
    names: Sequence[str], tables: Sequence[TypedTable], own: Sequence[int], when: int, year: int | None
) -> list[_Cell]:
    """The cells of a line in the year *when*, by the likeliest of its *names*; none where they say several things."""
    views = {at: columns for at in own if (columns := _columns(tables[at], when, year)) is not None}
    for name in names:
        found = [cell for at, column in views.items() for cell in _named(name, tables[at], at, column)]
        if found:
            return found if all(_alike(cell, found[0]) for cell in found) else []
    return []


def _alike(one: _Cell, other: _Cell) -> bool:
    """Whether two figures say the same, each in its own measure, as far as it is printed."""
    both = one.scale and other.scale
    first, second = (cell.value * (cell.scale if both else 1) for cell in (one, other))
    return abs(first - second) <= _NEAR * abs(second)


def _columns(table: TypedTable, when: int, year: int | None) -> int | None:
    """The one column of *table* that is of the year *when*."""
    told = reported(wish_of(str(when)), table, year)
    view = None if told is None else told.table
    if view is None:
        return None
    lead = leading_columns(view)
    own = [at for at in range(lead, len(view.columns)) if view.heads[at][:1] == (str(when),)]
    own = [at for at in own if view.columns[at].kind == "number"]
    return table.named(view.columns[own[0]].name) if len(own) == 1 else None


def _named(name: str, table: TypedTable, at: int, column: int) -> Iterator[_Cell]:
    scale = scale_of(f"{table.unit} {table.title}")
    for row, texts in enumerate(table.texts):
        value = table.rows[row][column]
        if texts and any(re.fullmatch(name, one) for one in called(texts[0])) and isinstance(value, float | int):
            yield _Cell(at, row, column, float(value), scale)


# ── As SQL ──


def _as_plan(
    formula: Formula,
    tables: Sequence[TypedTable],
    by_year: Mapping[int, Mapping[Part, tuple[_Cell, ...]]],
    *,
    mean: bool,
) -> Plan:
    cells = list(dict.fromkeys(cell for found in by_year.values() for own in found.values() for cell in own))
    aliases = {cell: quoted(f"t{at}") for at, cell in enumerate(cells)}

    def value(cell: _Cell) -> str:
        return f"{aliases[cell]}.{quoted(tables[cell.table].columns[cell.column].name)}"

    def of(found: Mapping[Part, tuple[_Cell, ...]], part: Part) -> str:
        own = (" - " if part.over == "change" else " + ").join(map(value, reversed(found[part])))
        own = f"({own})" if part.over == "change" else own
        return f"({own}) / 2" if part.over == "mean" else own

    shown: dict[str, str] = {}
    for cell in cells:
        label = tables[cell.table].texts[cell.row][0]
        head = tables[cell.table].columns[cell.column].name
        shown[label if len({other.column for other in cells}) == 1 else f"{label} {head}"] = value(cell)
    several = len(by_year) > 1
    results = {
        f"{formula.name} {year}" if several else formula.name: as_sql(formula.expression, partial(of, own))
        for year, own in by_year.items()
    }
    if several and mean:
        results[f"{formula.name} {min(by_year)}-{max(by_year)}"] = f"({' + '.join(results.values())}) / {len(results)}"
    elif several:
        (before, earlier), (after, later) = results.items()
        results[f"{after} - {before}"] = f"({later}) - ({earlier})"
    columns = [f"{sql} AS {quoted(name)}" for name, sql in {**shown, **results}.items()]
    where = " AND ".join(f"{aliases[cell]}.{quoted(ROW)} = {cell.row}" for cell in cells)
    sources = ", ".join(f"{quoted(tables[cell.table].label)} AS {aliases[cell]}" for cell in cells)
    sql = f"SELECT {', '.join(columns)} FROM {sources} WHERE {where}"  # noqa: S608 - all quoted
    only = () if several else (str(next(iter(by_year))),)
    return Plan(sql, None, _SURE, percents=tuple(results) if formula.percent else (), only=only)
