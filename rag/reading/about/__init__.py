"""What a document is about and what its pages hold, from what they say themselves; a blank beats a wrong guess."""

from rag.reading.about.document import FIRST, Gathered
from rag.reading.about.lines import PageLines, lines_of_spans, page_lines
from rag.reading.about.topics import Topics, topical

RULES = 3  # their version: what older ones found is worked out again, from the passages that were kept

__all__ = ["FIRST", "RULES", "Gathered", "PageLines", "Topics", "lines_of_spans", "page_lines", "topical"]
