"""Sets pages in type."""

from typeset.leaf import Book, Column, Leaf, Look, Row, Span
from typeset.letters import GREY, INK, PALE, WHITE, Colour, Style

__all__ = ["GREY", "INK", "PALE", "WHITE", "Book", "Colour", "Column", "Leaf", "Look", "Row", "Span", "Style"]
