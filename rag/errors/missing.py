"""What was named does not exist, or not for the person who asks."""

from rag.errors.failure import RagError


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
