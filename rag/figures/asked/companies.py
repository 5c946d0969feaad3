"""Companies by their full names where a table has short ones, ``江苏立华牧业股份有限公司`` for 立华股份; or shortly."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rag.language import HAN

_FULL = re.compile(rf"[{HAN}()]{{2,40}}(?:公司|集团)")
_BEFORE = re.compile(
    r"(?:请问一?下?|根据|按照|我?想知道|想了解|请提供|请?计算|请?查询|请?告诉我?|[年月]度?|报告期|年报|在|的|与|和|及|[比较跟])"
)
_SPECIAL = re.compile(r"^(?:\*?st|退市)")
_SAID_OF_ALL = frozenset("股份 集团 控股 科技 公司 有限".split())
_SHORTEST, _FURTHEST = 3, 5
_LEGAL_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司)$"
    r"|(?:,? (?:incorporated|inc|corporation|corp|company|co|limited|ltd|llc|plc)\b\.?)+$"
)


@dataclass(frozen=True, slots=True)
class Company:
    """What a question calls a company (*full*), and the *short* name of it; empty where several may be meant."""

    full: str
    short: str


def companies_in(text: str, shorts: Iterable[str]) -> list[Company]:
    """The full names in *text* (made plain) that are those of some of *shorts*.

    A short name begins with two signs of the full one, after the place at most, and its others follow in their order.
    Of several, that which begins first is meant; what follows must tell it, or no other name may begin as it does.
    """
    known = [(name, core) for name in shorts if len(core := _SPECIAL.sub("", name)) >= _SHORTEST]
    found = []
    for match in _FULL.finditer(text):
        full = _BEFORE.split(match[0])[-1]
        if full in {"公司", "集团"}:
            continue
        letters = full.replace("(", "").replace(")", "")
        fitting = [
            (at, name, core)
            for name, core in known
            if 0 <= (at := letters.find(core[:2])) <= _FURTHEST and _in_order(core[2:], letters[at + 2 :])
        ]
        if fitting:
            found.append(Company(full, _meant(letters, fitting, [core for _, core in known])))
    return found


def called_shortly(text: str, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """The short and the whole name of each of *names* that *text* (made plain) has without its legal form, if no other
    of them begins so.
    """
    begun = (name for name in names if name[:_SHORTEST] in text and name not in text)
    for name in begun:
        short = _LEGAL_FORM.sub("", name)
        is_said = short != name and len(short) >= _SHORTEST and short in text
        if is_said and sum(other.startswith(short) for other in names) == 1:
            yield short, name


def _meant(letters: str, fitting: list[tuple[int, str, str]], cores: list[str]) -> str:
    first = min(at for at, _, _ in fitting)
    begins = [(name, core) for at, name, core in fitting if at == first]
    # 海天股份 may be any company that begins so; 海天味业 is told by what follows.
    telling = [name for name, core in begins if core in letters or core[2:] not in _SAID_OF_ALL]
    if telling:
        return telling[0] if len(telling) == 1 else ""
    name, core = begins[0]
    alone = len(fitting) == 1 and sum(other.startswith(core[:2]) for other in cores) == 1
    return name if alone else ""


def _in_order(signs: str, text: str) -> bool:
    at = 0
    for sign in signs:
        at = text.find(sign, at) + 1
        if not at:
            return False
    return True
