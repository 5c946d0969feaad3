"""Every failure and every warning a person can meet: what happened, and what to do.

::

    RagError
    ├── RefusedUpload          this file cannot be added; the rest of the batch can
    │   ├── EmptyFile  UnknownKind  DamagedFile  LockedFile  NoSheets  FileTooLarge  ReaderCrashed  FileGone
    │   │   BloatedFile
    ├── LLMError               no prose; the evidence is still there
    │   ├── LLMUnavailable  LLMRefused  ModelMissing  LLMBroke  EmptyAnswer
    ├── EmbedderError
    │   ├── EmbedderUnavailable  EmbedderMismatch
    ├── RerankerUnavailable    the hits keep their order
    ├── NotFound
    │   ├── NoSuchBase  NoSuchDocument  NoSuchPage  NoSuchConversation  AmbiguousName  NoSuchTable
    │   │   NoSuchFigure  NoSuchQuestion  NoSuchRun  NoSuchTerm
    └── CannotDo
        ├── NameTaken  BadName  BadQuestion  BadQuestions  DiskFull  BadFolder  BadTemplate  BadSettings
        │   NothingToSearch  NothingSelected  BadPages  CannotMerge  CannotCompute  BadViewName  BadGoldFile  BadGold
        │   CannotMeasure  BenchTooLarge  NoRoomForVectors  BadTerm  TermTaken  TooManyTerms

Notes (warnings that do not stop anything) are in ``NOTES``, by code. The sentences here are English; the page keeps
the same codes in every language it speaks.
"""

from typing import ClassVar

from rag.records import Note


class RagError(Exception):
    """A failure a person can do something about. The sentence names *details* in braces."""

    sentence: ClassVar[str] = "Something went wrong"
    hint: ClassVar[str] = ""

    def __init__(self, **details: str | int) -> None:
        self.details = details
        super().__init__(self.sentence.format(**details))

    @property
    def note(self) -> Note:
        """The failure as a value that can be stored."""
        return Note(type(self).__name__, self.details)


class RefusedUpload(RagError):
    """This file cannot be added, whatever is tried again; details: *name*."""


class EmptyFile(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} is empty (0 bytes)"
    hint = "Check that the file was saved or downloaded completely, then add it again."


class UnknownKind(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} is neither a PDF nor a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods, .csv, .tsv)"
    hint = "Save it as a PDF or an .xlsx workbook and add that."


class DamagedFile(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} is damaged and cannot be opened"
    hint = "Open it in its own program, save it again, and add the new copy."


class LockedFile(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} is locked with a password"
    hint = "Give the password with --password; if no password opens it, save the file without one and add that."


class NoSheets(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} has no sheet with cells"
    hint = "Check that it is the right workbook; sheets that hold only charts cannot be read yet."


class FileTooLarge(RefusedUpload):
    """Details: *name*, *limit* in MB."""

    sentence = "{name} is larger than {limit} MB"
    hint = "Split the file, or raise RAG_MAX_UPLOAD_MB."


class BloatedFile(RefusedUpload):
    """Details: *name*, *size* in MB."""

    sentence = "{name} would unpack to {size} MB, far more than a document of its size holds"
    hint = "If it is a real workbook, split it; otherwise do not trust where it came from."


class ReaderCrashed(RefusedUpload):
    """Details: *name*, *attempts*."""

    sentence = "Reading {name} stopped unexpectedly {attempts} times"
    hint = "The file may be damaged. Open it in its own program, save it again, and add the new copy."


class FileGone(RefusedUpload):
    """Details: *name*."""

    sentence = "{name} cannot be found on disk"
    hint = "Check the path, then add it again."


class LLMError(RagError):
    """No prose came; the evidence is still the answer."""


class LLMUnavailable(LLMError):
    """Details: *url*."""

    sentence = "No model server answers at {url}"
    hint = "Start it (for Ollama: `ollama serve`) or choose another on the Models page. The evidence needs no model."


class LLMRefused(LLMError):
    """Details: *url*, *reason*."""

    sentence = "The model server at {url} refused the request: {reason}"
    hint = "Check the model name and the key on the Models page."


class ModelMissing(LLMError):
    """Details: *model*, *url*."""

    sentence = "The model {model} is not on the server at {url}"
    hint = "Pull it on the Models page, or choose one that the server has."


class LLMBroke(LLMError):
    """Details: *url*, *reason*."""

    sentence = "The model server at {url} stopped in the middle of the answer: {reason}"
    hint = "What had arrived is kept. Ask again; if it happens again, look at the server's log."


class EmptyAnswer(LLMError):
    """Details: *model*."""

    sentence = "{model} returned an empty answer"
    hint = "Ask again, or choose another model. The evidence needs no model."


class EmbedderError(RagError):
    """Vectors cannot be made."""


class EmbedderUnavailable(EmbedderError):
    """Details: *name*, *reason*."""

    sentence = "The embedding model {name} cannot be loaded: {reason}"
    hint = "Check its name or folder in RAG_EMBEDDER. Without network, use the bundled model: RAG_EMBEDDER=bundled-e5."


class EmbedderMismatch(EmbedderError):
    """Details: *base*, *theirs*, *ours*."""

    sentence = "The base {base} was built with the embedding model {theirs}, not with {ours}"
    hint = "Use the model it was built with, or create a new base and add the documents to it."


class RerankerUnavailable(RagError):
    """Details: *name*, *reason*."""

    sentence = "The reranker {name} cannot be used: {reason}"
    hint = "The passages stand in the order in which they were found. Check the reranker on the Models page."


class NotFound(RagError):
    """What was named does not exist, or not for the person who asks."""


class NoSuchBase(NotFound):
    """Details: *name*."""

    sentence = "There is no base named {name}"
    hint = "Choose one of the existing bases, or create it first."


class NoSuchDocument(NotFound):
    """Details: *name*."""

    sentence = "There is no document named {name}"
    hint = "It may have been removed. `pagecite documents` lists what there is."


class AmbiguousName(NotFound):
    """Details: *name*, *bases*."""

    sentence = "{name} is in several bases: {bases}"
    hint = "Say which one with --base."


class NoSuchPage(NotFound):
    """Details: *name*, *page*."""

    sentence = "{name} has no page or sheet {page}"
    hint = "Choose one that it has."


class NoSuchConversation(NotFound):
    """Details: none."""

    sentence = "This conversation no longer exists"
    hint = "Start a new one."


class NoSuchTable(NotFound):
    """Details: none."""

    sentence = "This table is no longer there"
    hint = "Its document was removed or is read anew. Look for it in the list."


class NoSuchFigure(NotFound):
    """Details: none."""

    sentence = "This figure is no longer there"
    hint = "Its document was removed or is read anew. Open the page instead."


class NoSuchQuestion(NotFound):
    """Details: none."""

    sentence = "This gold question is no longer there"
    hint = "Somebody removed it. Look for it in the list."


class NoSuchRun(NotFound):
    """Details: none."""

    sentence = "This run is no longer there"
    hint = "Somebody removed it. Choose another one."


class NoSuchTerm(NotFound):
    """Details: *name*."""

    sentence = "The glossary of this base has no term {name}"
    hint = "`pagecite glossary` lists the terms that it has."


class CannotDo(RagError):
    """The wish cannot be carried out as it was put."""


class NameTaken(CannotDo):
    """Details: *name*."""

    sentence = "There is already a base named {name}"
    hint = "Choose another name."


class BadName(CannotDo):
    """Details: none."""

    sentence = "A base needs a name of 1 to 80 characters on one line"
    hint = "Type a shorter name."


class BadQuestion(CannotDo):
    """Details: none."""

    sentence = "There is no question"
    hint = "Type what you want to know."


class BadQuestions(CannotDo):
    """Details: *name*, *line*, *reason*."""

    sentence = "{name} cannot be used: line {line}: {reason}"
    hint = "Each line is a JSON object with `question` and `evidence`; the README shows one."


class BadGoldFile(CannotDo):
    """Details: *name*."""

    sentence = "{name} holds no gold questions"
    hint = "Give JSON with an object a line, or CSV with a column named question."


class BadGold(CannotDo):
    """Details: *place*."""

    sentence = "{place} is no place in a document"
    hint = "Write a page as a number from 1, and cells as in A2 or A2:F40."


class BadTerm(CannotDo):
    """Details: *text*."""

    sentence = "{text} is no term of a glossary"
    hint = (
        "Write names of 2 to 80 characters, an equals sign and what documents print, at most 200 characters each: "
        "ARR,年度经常性收入=annual recurring revenue"
    )


class TermTaken(CannotDo):
    """Details: *name*."""

    sentence = "Two terms of this glossary would have the name {name}"
    hint = "Remove the one that is there, or choose another name."


class TooManyTerms(CannotDo):
    """Details: *limit*."""

    sentence = "The glossary of a base holds at most {limit} terms"
    hint = "Remove some that nobody asks for."


class CannotMeasure(CannotDo):
    """Details: none."""

    sentence = "There is nothing to run"
    hint = "Add a gold question first, or wait until the run that goes on is over."


class BadViewName(CannotDo):
    """Details: none."""

    sentence = "A view needs a name of 1 to 80 characters"
    hint = "Type a name by which you will find it again."


class CannotCompute(CannotDo):
    """Details: *reason*."""

    sentence = "This cannot be computed: {reason}"
    hint = "Ask for a sum, a mean, a share, a ranking or a trend over a table, and name its columns."


class NothingToSearch(CannotDo):
    """Details: none."""

    sentence = "There is nothing to search yet"
    hint = "Add a PDF or a workbook first; it can be asked as soon as its words are read."


class NothingSelected(CannotDo):
    """Details: none."""

    sentence = "No document is what the filters ask for"
    hint = "Take a filter away, or set right what a document is about in its reading report."


class BadPages(CannotDo):
    """Details: *text*."""

    sentence = "{text} names no pages"
    hint = "Write pages as 12, or 10-20, with commas between several."


class BenchTooLarge(CannotDo):
    """Details: *passages*, *needed* and *free* in MB, *what* it is that does not suffice."""

    sentence = "{passages} passages need about {needed} MB of {what}, and {free} MB are free"
    hint = "Measure fewer with --passages, or let --folder name a larger disk."


class NoRoomForVectors(CannotDo):
    """Details: *base*, *name* of the model, *needed* and *free* in MB."""

    sentence = "To embed the base {base} with {name} takes about {needed} MB beside what it has, and {free} MB are free"
    hint = "Free some space and try again; the base is searched as before."


class DiskFull(CannotDo):
    """Details: *path*."""

    sentence = "The disk that holds {path} is full"
    hint = "Free some space and try again; nothing that was there before is lost."


class BadTemplate(CannotDo):
    """Details: *path*, *reason*."""

    sentence = "The prompt template {path} cannot be used: {reason}"
    hint = "Correct the file; prompts/answer.md in the project shows the form."


class BadFolder(CannotDo):
    """Details: *path*, *reason*."""

    sentence = "The data folder {path} cannot be used: {reason}"
    hint = "Set RAG_HOME to a folder that you may write to."


class BadSettings(CannotDo):
    """Details: *reason*."""

    sentence = "The settings cannot be used: {reason}"
    hint = "The README lists every setting."


class CannotMerge(CannotDo):
    """Details: none."""

    sentence = "Only two different tables of one document can be put together"
    hint = "Choose another table of the same document."


class WrongPassword(CannotDo):
    """Details: *name*."""

    sentence = "The password does not open {name}"
    hint = "Check capitals and the language of the keyboard, and type it again."


class PageUndrawable(CannotDo):
    """Details: *name*, *page*."""

    sentence = "Page {page} of {name} cannot be drawn"
    hint = "Download the file and look at the page in another program."


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
        "Its words are there; tables and figures on it may be missing.",
    ),
    "NotReadClosely": (
        "Only {done} of {pages} pages were read closely",
        "All words can be asked; on the other pages tables and figures may be missing.",
    ),
    "ExtrasFailed": (
        "Outline, forms, remarks and links could not be listed",
        "The words of the pages are not affected.",
    ),
    "PageFailed": ("Page {page} could not be read", "The other pages are there."),
    "SheetFailed": ("Sheet {sheet} could not be read", "The other sheets are there."),
    "Calculated": (
        "{count} formulas have no stored result and were calculated here (first: {cell})",
        "Compare what matters with Excel; once saved there, the workbook brings its own results.",
    ),
    "NotCalculated": (
        "{count} formulas have no stored result, and none that is certain here (first: {cell})",
        _SAVE_IT,
    ),
    "InACycle": ("{count} formulas lead back to themselves and are not calculated (first: {cell})", _SAVE_IT),
    "ComesToAnError": ("{count} formulas come to an error and are not calculated (first: {cell})", _SAVE_IT),
    "LeadsElsewhere": (
        "{count} formulas lead to another file, or to a table by its name, and are not calculated (first: {cell})",
        _SAVE_IT,
    ),
    "LeadsNowhere": (
        "{count} formulas name a sheet or a name that is not there, and are not calculated (first: {cell})",
        _SAVE_IT,
    ),
    "DependsOnTheMoment": (
        "{count} formulas depend on the moment or on chance and are not calculated (first: {cell})",
        _SAVE_IT,
    ),
    "TooMuchToCalculate": ("{count} formulas would take too long and are not calculated (first: {cell})", _SAVE_IT),
    "HiddenSheet": ("Sheet {sheet} is hidden", _SHEET_LEFT_OUT),
    "HiddenRows": ("Hidden rows of sheet {sheet}: {rows}", _CELLS_LEFT_OUT),
    "FilteredRows": ("Rows of sheet {sheet} that a filter hides: {rows}", _CELLS_LEFT_OUT),
    "HiddenColumns": ("Hidden columns of sheet {sheet}: {columns}", _CELLS_LEFT_OUT),
    "ErrorCells": ("{count} cells show an error (first: {cell})", "Correct them in the workbook and add it again."),
    "SheetCut": ("Sheet {sheet} is read up to row {row}", "Split the sheet to have the rest."),
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
