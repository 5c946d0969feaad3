"""The number formats that every workbook has without saying so, by their numbers."""

from collections.abc import Mapping

from openpyxl.styles.numbers import BUILTIN_FORMATS

_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
# Format numbers that stand for a date of the reader's country (14, 22), that are Chinese (27 to 36, 50 to 58), and
# two whose codes are wrong in openpyxl
_COUNTRY_FORMATS = {
    14: "m/d/yyyy",
    22: "m/d/yyyy h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    47: "mm:ss.0",
}


def format_code(number: int, own: Mapping[int, str]) -> str:
    """The code of format *number* in a workbook that brings its *own* formats."""
    return own.get(number) or _COUNTRY_FORMATS.get(number) or str(BUILTIN_FORMATS.get(number, "General"))
