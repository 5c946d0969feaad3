"""Four hundred orders, drawn by lot from a fixed seed."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

ORDERS = 400
FIRST, LAST = 5, 5 + ORDERS - 1  # the rows of the orders
DETAIL, SUMMARY, RESULT, SETTINGS = "销售明细", "季度汇总", "P&L", "参数"
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
REGIONS = ("华东", "华南", "华北", "西南", "海外")
PRODUCTS = {"露营灯": "129.00", "太阳能庭院灯": "89.00", "阅读台灯": "199.00", "氛围壁灯": "159.00", "落地灯": "399.00"}
CHANNELS = ("电商", "门店", "经销商")
GROWTH = {"华东": "0.182", "华南": "0.094", "华北": "0.127", "西南": "-0.043", "海外": "0.356"}
RATE = Decimal("7.10")


def rounded(value: Decimal, places: str) -> Decimal:
    """To *places* such as ``0.01``, halves upwards as a sheet does."""
    return value.quantize(Decimal(places), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Order:
    """A line of the orders."""

    day: date
    number: str
    region: str
    product: str
    channel: str
    quantity: int
    price: Decimal
    discount: Decimal

    @property
    def amount(self) -> Decimal:
        """What the formula in its row comes to."""
        return rounded(self.quantity * self.price * (1 - self.discount), "0.01")

    @property
    def quarter(self) -> int:
        """From 0."""
        return (self.day.month - 1) // 3


def orders() -> list[Order]:
    """Four hundred orders in the order of their days; the same ones each time."""
    chance = random.Random(2025)  # noqa: S311 - not a secret

    def one_of(weights: dict[str, int]) -> str:
        place = chance.random() * sum(weights.values())
        for name, weight in weights.items():
            place -= weight
            if place < 0:
                return name
        return next(reversed(weights))

    days = sorted(date(2025, 1, 2) + timedelta(days=int(363 * chance.random() ** 0.92)) for _ in range(ORDERS))
    made = []
    for n, day in enumerate(days, start=1):
        region = one_of(dict(zip(REGIONS, (34, 23, 18, 12, 13), strict=True)))
        summer = 5 <= day.month <= 9
        product = one_of(dict(zip(PRODUCTS, (34 if summer else 16, 20 if summer else 9, 24, 18, 16), strict=True)))
        channel = one_of(dict(zip(CHANNELS, (45, 25, 30), strict=True)))
        quantity = 10 * int(2 + 26 * chance.random() ** 2) if channel == "经销商" else 5 + int(115 * chance.random())
        if channel == "经销商":
            discount = Decimal(one_of({"0.10": 3, "0.15": 2, "0.18": 1}))
        else:
            discount = Decimal("0.05" if chance.random() < 0.2 else "0")
        price = rounded(Decimal(PRODUCTS[product]) * (Decimal("1.12") if region == "海外" else 1), "0.01")
        made.append(Order(day, f"LL25-{n:04}", region, product, channel, quantity, price, discount))
    return made
