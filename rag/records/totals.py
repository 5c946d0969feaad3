"""Whether the label of a row says that it sums up others."""

import re

_TOTAL = re.compile(
    r"(?:grand |sub-?)?totals?\b.*|sum|.*\b(?:sub-?)?total"
    r"|(?:[一二三四五六七八九十]+、)?\s*(?:合|总|小|共|總)\s*[计計].*|.*(?:合计|总计|小计|合計|總計|小計)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:[(（\[][^()（）]*[)）\]]|[:：*\s])+$")


def says_total(label: str) -> bool:
    """Whether a row with this *label* sums up others, and would count twice beside them."""
    return _TOTAL.fullmatch(_AFTER.sub("", label.strip())) is not None
