"""Numbers written into the placeholders of an Excel number format: ``1,234.50``, ``1.2E+03``, ``2 1/4``."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import NamedTuple

_ROUNDING = Context(prec=400, rounding=ROUND_HALF_UP)
_SIX_DIGITS = Context(prec=6, rounding=ROUND_HALF_UP)


class Token(NamedTuple):
    """A piece of a number format: what it is, and its text (of a literal: what it shows)."""

    kind: str
    text: str


def general(value: float) -> str:
    """*value* as a cell without a format shows it: at most 11 characters, else in powers of ten."""
    if abs(value) < 1e11 and value == int(value):
        return str(int(value))
    shortest = repr(value)
    if len(shortest) <= 10 and "e" not in shortest and "n" not in shortest:
        return shortest
    exact = decimal(value)
    if not exact.is_finite():
        return "#NUM!"
    size = exact.adjusted()
    if -4 <= size <= 10:
        text = _shortest(f"{_rounded(abs(exact), max(0, 9 - max(size, 0))):f}")
    else:
        text = _shortest(f"{abs(exact):f}")
        if len(text) > 11:
            mantissa, _, power = f"{_SIX_DIGITS.create_decimal(abs(exact)):.5E}".partition("E")
            text = f"{_shortest(mantissa)}E{'-' if power[0] == '-' else '+'}{power[1:]:0>2}"
    return f"-{text}" if value < 0 and text != "0" else text


def shown(token: Token) -> str:
    """What a piece without digits shows; padding is as wide as a space."""
    if token.kind == "pad":
        return " "
    return "" if token.kind == "fill" else token.text


def decimal(value: float) -> Decimal:
    """Excel keeps 15 digits: 2.675 is rounded as it is written, not as it is stored."""
    return Decimal(value) if isinstance(value, int) and abs(value) < 10**15 else Decimal(f"{value:.15g}")


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), context=_ROUNDING)


def _shortest(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


class Plan(NamedTuple):
    """Where the digits of a plain number go: *wholes* and *decimals* are placeholders, *least* whole digits are shown.

    *kept* decimals are shown even when they are zero. *spread* means that something stands between whole digits.
    """

    wholes: tuple[int, ...]
    decimals: tuple[int, ...]
    point: int
    scale: int
    thousands: bool
    least: int
    kept: int
    spread: bool
    before: str
    after: str
    unit: Decimal


def plan_of(tokens: Sequence[Token]) -> Plan:
    """Where *tokens* put the digits; a comma behind the last digit divides by a thousand."""
    places = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    point = next((at for at, token in enumerate(tokens) if token.kind == "."), len(tokens))
    wholes = tuple(at for at in places if at < point)
    decimals = tuple(at for at in places if at > point)
    commas = [at for at, token in enumerate(tokens) if token.kind == ","]
    first, last = (places[0], places[-1]) if places else (len(tokens), len(tokens))
    last_whole = wholes[-1] if wholes else -1
    trailing = sum(first <= at and (last_whole < at <= point or at > last) for at in commas)
    percents = sum(token.kind == "%" for token in tokens)
    zeros = [index for index, at in enumerate(decimals) if tokens[at].text == "0"]
    first_zero = next((index for index, at in enumerate(wholes) if tokens[at].text == "0"), len(wholes))
    start = min(first, point)
    end = max(last, point) + 1 if point < len(tokens) else last + 1
    inside = tokens[wholes[0] : last_whole] if wholes else []
    between = tokens[last_whole + 1 : end]
    return Plan(
        wholes,
        decimals,
        point,
        2 * percents - 3 * trailing,
        any(first < at < last_whole for at in commas),
        len(wholes) - first_zero,
        zeros[-1] + 1 if zeros else 0,
        any(token.kind not in {"digit", ","} for token in (*inside, *between) if token.kind != "."),
        "".join(shown(token) for token in tokens[:start] if token.kind != ","),
        "".join(shown(token) for token in tokens[end:] if token.kind != ","),
        Decimal(1).scaleb(-len(decimals)),
    )


def plain(amount: Decimal, tokens: Sequence[Token], plan: Plan) -> str:
    """Whole digits fill their placeholders from the right, those left over stand in front; decimals from the left."""
    if plan.scale:
        amount = amount.scaleb(plan.scale, context=_ROUNDING)
    rounded = amount.quantize(plan.unit, context=_ROUNDING)
    whole, _, rest = f"{rounded:f}".partition(".")
    if whole == "0":
        whole = ""
    whole = whole.rjust(plan.least, "0")
    while len(rest) > plan.kept and rest[-1] == "0":
        rest = rest[:-1]
    if plan.spread:
        return _spread(whole, rest, tokens, plan)
    if plan.thousands and len(whole) > 3:
        whole = "".join(_in_thousands(whole))
    return f"{plan.before}{whole}{'.' if plan.point < len(tokens) else ''}{rest}{plan.after}"


def _in_thousands(whole: str) -> list[str]:
    """The digits of *whole*, with a comma behind each that ends thousands, millions or more."""
    left = range(len(whole) - 1, -1, -1)
    return [f"{digit}," if behind and behind % 3 == 0 else digit for digit, behind in zip(whole, left, strict=True)]


def _spread(whole: str, rest: str, tokens: Sequence[Token], plan: Plan) -> str:
    filled = dict(zip(plan.decimals, rest, strict=False))
    digits = _in_thousands(whole) if plan.thousands else list(whole)
    for at in reversed(plan.wholes):
        filled[at] = digits.pop() if digits else ""
    if plan.wholes:
        filled[plan.wholes[0]] = "".join(digits) + filled[plan.wholes[0]]
    return "".join(
        filled.get(at, "") if token.kind == "digit" else shown(token)
        for at, token in enumerate(tokens)
        if token.kind != ","
    )


def power_text(amount: Decimal, tokens: Sequence[Token]) -> str:
    """``1.23E+05``; with several whole digits the power is a multiple of their number."""
    at = next(index for index, token in enumerate(tokens) if token.kind == "exponent")
    mantissa, tail = tokens[:at], tokens[at + 1 :]
    point = next((index for index, token in enumerate(mantissa) if token.kind == "."), at)
    step = max(1, sum(token.kind == "digit" for token in mantissa[:point]))
    decimals = sum(token.kind == "digit" for token in mantissa[point:])
    power = amount.adjusted() // step * step if amount else 0
    if _rounded(amount.scaleb(-power, context=_ROUNDING), decimals) >= 10**step:
        power += step
    digits = sum(token.kind == "digit" for token in tail)
    sign = "-" if power < 0 else "+" if "+" in tokens[at].text else ""
    after = "".join(shown(token) for token in tail if token.kind != "digit")
    shown_mantissa = plain(amount.scaleb(-power, context=_ROUNDING), mantissa, plan_of(mantissa))
    return f"{shown_mantissa}E{sign}{abs(power):0{digits}d}{after}"


def fraction_text(amount: Decimal, tokens: Sequence[Token]) -> str:
    """``2 1/4``: with digits at most as many as there are placeholders below the stroke, or the denominator given."""
    stroke = slash(tokens) or 0
    start = stroke
    while start and tokens[start - 1].kind == "digit":
        start -= 1
    end = stroke + 1
    while end < len(tokens) and (tokens[end].kind == "digit" or tokens[end].text.isdigit()):
        end += 1
    below = "".join(token.text for token in tokens[stroke + 1 : end])
    exact = Fraction(amount)
    has_whole = any(token.kind == "digit" for token in tokens[:start])
    whole = int(exact) if has_whole else 0
    if below.strip("?#0") and below.strip("?#").isdigit():
        denominator = int(below.strip("?#"))
        numerator = int((exact - whole) * denominator + Fraction(1, 2))
    else:
        nearest = (exact - whole).limit_denominator(10 ** len(below) - 1)
        numerator, denominator = nearest.numerator, nearest.denominator
    if has_whole and numerator == denominator:
        whole, numerator = whole + 1, 0
    front = plain(Decimal(whole), tokens[:start], plan_of(tokens[:start])) if has_whole else ""
    back = "".join(map(shown, tokens[end:]))
    if has_whole and not numerator:
        return f"{front.strip() or '0'}{back}"
    return f"{front}{numerator}/{denominator}{back}"


def slash(tokens: Sequence[Token]) -> int | None:
    """Where the stroke of a fraction is: between placeholders, or before a denominator that is written out."""
    for at, token in enumerate(tokens):
        if token.kind == "/" and at and tokens[at - 1].kind == "digit" and at + 1 < len(tokens):
            after = tokens[at + 1]
            if after.kind == "digit" or after.text.isdigit():
                return at
    return None
