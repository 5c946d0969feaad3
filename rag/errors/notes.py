"""Warnings that do not stop anything, by code, and what a note of any kind says in English."""

from rag.errors.failure import RagError
from rag.records import Note

_SHEET_LEFT_OUT = "Left out of the search, unless the report of the workbook is told to search it."
_SAVE_IT = "Open the workbook in Excel, save it, and add it again to have the results."
_CELLS_LEFT_OUT = "Left out of the search, unless the report of the workbook is told to search them."
NOTES: dict[str, tuple[str, str]] = {
    "NoText": (
        "No words could be read on any page ({pages} pages)",
        "The file is kept, and its pages can be looked at.",
    ),
    "PagesWithoutText": ("Pages without words: {pages}", "They can be looked at, but not searched."),
    "ScannedRead": (
        "Scanned pages whose words were read by OCR (confidence {confidence}): {pages}",
        "Compare figures with the page before you rely on them.",
    ),
    "ScannedWaiting": (
        "Scanned pages, still to be read by OCR: {pages}",
        "They can be looked at now, and are searched as soon as their words are read.",
    ),
    "ScannedUnread": (
        "Scanned pages on which OCR found no words: {pages}",
        "They can be looked at, but not searched. A sharper scan may help.",
    ),
    "GarbledRead": (
        "Pages whose text spells something else than they show, so OCR read them (confidence {confidence}): {pages}",
        "Compare figures with the page before you rely on them.",
    ),
    "GarbledWaiting": (
        "Pages whose text spells something else than they show, still to be read by OCR: {pages}",
        "They can be looked at now, and are searched as soon as their words are read.",
    ),
    "GarbledUnread": (
        "Pages whose text spells something else than they show, and on which OCR found no words: {pages}",
        "They can be looked at, but not searched. A PDF made anew from the original may help.",
    ),
    "BlankPages": ("Blank pages: {pages}", "There is nothing on them to find."),
    "HiddenText": (
        "Pages with text that nobody can see: {pages}",
        "White, tiny or covered words are kept, but left out of search and answers.",
    ),
    "PageTooSlow": ("Page {page} took too long to be read", "The other pages are there."),
    "PageTooBig": ("Page {page} needs more memory than one page may have", "The other pages are there."),
    "PageCrashed": ("Page {page} brought the reader down", "The file may be damaged there; the other pages are there."),
    "LayoutFailed": (
        "Page {page} was read without its layout",
        "Its words are there, and its tables as the words alone tell them; figures on it are missing.",
    ),
    "DrawingsFailed": (
        "Page {page} was read without what is drawn on it",
        "Its words, tables and photographs are there; charts that are drawn may be missing.",
    ),
    "NotReadClosely": (
        "Only {done} of {pages} pages were read closely",
        "All words can be asked; on the other pages tables are as the words alone tell them, and figures are missing.",
    ),
    "ExtrasFailed": (
        "Outline, forms, remarks and links could not be listed",
        "The words of the pages are not affected.",
    ),
    "PageFailed": ("Page {page} could not be read", "The other pages are there."),
    "SheetFailed": ("Sheet {sheet} could not be read", "The other sheets are there."),
    "Calculated": (
        "Formulas without a stored result, calculated here: {count} (first: {cell})",
        "Compare what matters with Excel; once saved there, the workbook brings its own results.",
    ),
    "NotCalculated": (
        "Formulas without a stored result, and with none that is certain here: {count} (first: {cell})",
        _SAVE_IT,
    ),
    "InACycle": ("Formulas that lead back to themselves, not calculated: {count} (first: {cell})", _SAVE_IT),
    "ComesToAnError": ("Formulas that come to an error, not calculated: {count} (first: {cell})", _SAVE_IT),
    "LeadsElsewhere": (
        "Formulas that lead to another file, or to a table by its name, not calculated: {count} (first: {cell})",
        _SAVE_IT,
    ),
    "LeadsNowhere": (
        "Formulas that name a sheet or a name that is not there, not calculated: {count} (first: {cell})",
        _SAVE_IT,
    ),
    "DependsOnTheMoment": (
        "Formulas that depend on the moment or on chance, not calculated: {count} (first: {cell})",
        _SAVE_IT,
    ),
    "TooMuchToCalculate": ("Formulas that would take too long, not calculated: {count} (first: {cell})", _SAVE_IT),
    "HiddenSheet": ("Sheet {sheet} is hidden", _SHEET_LEFT_OUT),
    "HiddenRows": ("Hidden rows of sheet {sheet}: {rows}", _CELLS_LEFT_OUT),
    "FilteredRows": ("Rows of sheet {sheet} that a filter hides: {rows}", _CELLS_LEFT_OUT),
    "HiddenColumns": ("Hidden columns of sheet {sheet}: {columns}", _CELLS_LEFT_OUT),
    "ErrorCells": (
        "Cells that show an error: {count} (first: {cell})",
        "Correct them in the workbook and add it again.",
    ),
    "SheetCut": ("Sheet {sheet} is too large, and read up to row {row}", "Split the sheet to have the rest."),
    "SheetSlow": ("Sheet {sheet} takes too long, and is read up to row {row}", "Split the sheet to have the rest."),
    "SheetsLeftOut": (
        "The workbook is too large: sheets from {sheet} on are left out ({count})",
        "Split the workbook to have the rest.",
    ),
    "NotRewritten": (
        "The model did not put the question into other words",
        "The search was made with the question as it stands.",
    ),
    "AlreadyThere": ("{name} is already in this base as {known}", "Nothing was added."),
    "Renamed": ("There is another {name} in this base", "This one is kept as {kept}."),
    "NotComputed": (
        "No query over the tables came out sure, so nothing was computed",
        "Name the columns of the table in the question, or compute it by hand on the Sheet page.",
    ),
    "TableEditsDropped": (
        "Changes made by hand to tables were dropped: {count}",
        "These tables are read differently now; look at them again.",
    ),
}


def known_errors() -> dict[str, type[RagError]]:
    """Every class of the tree by its name."""
    found: dict[str, type[RagError]] = {}
    waiting = [RagError]
    while waiting:
        kind = waiting.pop()
        found[kind.__name__] = kind
        waiting.extend(kind.__subclasses__())
    return found


def explain(note: Note) -> tuple[str, str]:
    """The sentence of *note* and its hint, in English."""
    if note.code in NOTES:
        sentence, hint = NOTES[note.code]
    else:
        kind = known_errors()[note.code]
        sentence, hint = kind.sentence, kind.hint
    return sentence.format(**note.details), hint.format(**note.details)
