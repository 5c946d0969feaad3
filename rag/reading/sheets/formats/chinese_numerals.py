"""Numbers in Chinese characters, as DBNum1 (一百二十) and DBNum2 (壹佰贰拾) in a number format ask for them."""

from typing import NamedTuple

_GROUP = 4  # digits to a 万


class Numerals(NamedTuple):
    """The characters for the digits, for ten, a hundred and a thousand, and for each four digits more."""

    digits: str
    tens: tuple[str, ...]
    groups: tuple[str, ...]

    def one_by_one(self, text: str) -> str:
        """*text* with each of its digits as a character: 二〇二四 for 2024."""
        return text.translate({ord("0") + at: character for at, character in enumerate(self.digits)})

    def spoken(self, whole: str) -> str:
        """The digits *whole* as they are said: 一万〇二十 for 10020; the last group may be as long as it is."""
        whole = whole.lstrip("0")
        if not whole:
            return self.digits[0]
        groups: list[str] = []
        while whole and len(groups) < len(self.groups) - 1:
            groups.append(whole[-_GROUP:])
            whole = whole[:-_GROUP]
        if whole:
            return self.one_by_one(whole + "".join(reversed(groups)))
        said, gap = "", False
        for at in reversed(range(len(groups))):
            group = groups[at]
            number = self._group(group)
            if number:
                early = said and (gap or group.startswith("0"))
                said += (self.digits[0] if early else "") + number + self.groups[at]
            gap = not number
        return said

    def in_a_date(self, number: int, length: int) -> str:
        """A day, month, hour, minute or second: 十五 for 15, and 〇五 for 05."""
        if number < 10:
            return self.one_by_one(f"{number:0{min(2, length)}d}")
        said = self.spoken(str(number))
        return said[1:] if number < 20 and self.digits[1] == "一" else said

    def _group(self, group: str) -> str:
        """Up to four digits; zeros in front and behind are not said, those between once."""
        said = ""
        for at, digit in enumerate(group):
            if digit != "0":
                gap = said and group[at - 1] == "0"
                said += (self.digits[0] if gap else "") + self.digits[int(digit)] + self.tens[len(group) - 1 - at]
        return said


_SIMPLIFIED = {
    "1": Numerals("〇一二三四五六七八九", ("", "十", "百", "千"), ("", "万", "亿", "万亿", "")),
    "2": Numerals("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), ("", "万", "亿", "万亿", "")),
}
_TRADITIONAL = {
    "1": Numerals("〇一二三四五六七八九", ("", "十", "百", "千"), ("", "萬", "億", "兆", "")),
    "2": Numerals("零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"), ("", "萬", "億", "兆", "")),
}


def numerals_of(mark: str, locale: str) -> Numerals | None:
    """The characters that the mark DBNum *mark* asks for in a *locale*; ``None`` when it is not a Chinese one.

    A format that names no place is that of a Chinese program: no other knows the marks.
    """
    place = locale.lower().lstrip("0")
    if place in {"404", "c04", "1404", "zh-tw", "zh-hk"}:
        return _TRADITIONAL.get(mark)
    return _SIMPLIFIED.get(mark) if place in {"", "804", "1004", "zh-cn", "zh-sg"} else None
