"""Wishes that cannot be carried out as they were put."""

from rag.errors.failure import RagError


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


class BadTermFile(CannotDo):
    """Details: *name*."""

    sentence = "{name} holds no terms"
    hint = "Give a line for each term, as in ARR=annual recurring revenue, or CSV with names and lines in two columns."


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


class DamagedCatalog(CannotDo):
    """Details: *path*."""

    sentence = "The catalog {path} is damaged and cannot be read"
    hint = (
        "Stop PageCite and put back a copy of the data folder. Without one, move the folder away to begin anew: "
        "the files that were added are in its folder originals."
    )


class NewerCatalog(CannotDo):
    """Details: *path*."""

    sentence = "The catalog {path} was changed by a newer version of PageCite than this one"
    hint = "Start the newer version, or set RAG_HOME to another folder."


class AtWork(CannotDo):
    """Details: *path*."""

    sentence = "PageCite is at work on the data folder {path}"
    hint = "Stop it first: the page, and commands that still add. It also mends what it can whenever it starts."


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
