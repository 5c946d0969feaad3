"""The accounts of Harbourlight Instruments plc, invented: every total is a sum, and is checked when loaded."""

from dataclasses import dataclass

YEARS = ("2025", "2024", "2023")
Amounts = tuple[int, ...]  # in tenths of a million dollars, the newest year first


def show(amount: int, sign: str = "") -> str:
    """``4274`` as ``427.4``; what is negative in brackets, nothing as a dash."""
    if amount == 0:
        return f"{sign} —".strip()
    digits = f"{abs(amount) / 10:,.1f}"
    return f"{sign} {f'({digits})' if amount < 0 else digits}".strip()


def plus(*parts: Amounts) -> Amounts:
    """Sums, year by year."""
    return tuple(sum(year) for year in zip(*parts, strict=True))


def minus(amounts: Amounts) -> Amounts:
    """The same amounts taken away."""
    return tuple(-amount for amount in amounts)


def growth(amounts: Amounts) -> str:
    """The change of the newest year on the one before: ``14.6%``, or ``n.m.`` (not meaningful) after nothing."""
    if amounts[1] == 0:
        return "n.m."
    change = (amounts[0] - amounts[1]) / amounts[1] * 100
    return f"{change:.1f}%" if change >= 0 else f"({-change:.1f})%"


# ── Revenue, three ways ──

SEGMENTS: dict[str, Amounts] = {
    "Navigation Sensors": (2148, 1963, 1819),
    "Ocean Monitoring": (1512, 1287, 1124),
    "Data Services": (614, 479, 362),
}
REGIONS: dict[str, Amounts] = {
    "Europe": (1715, 1540, 1406),
    "North America": (1389, 1196, 1043),
    "Asia Pacific": (927, 771, 659),
    "Rest of world": (243, 222, 197),
}
PRODUCTS, SERVICES = (3486, 3095, 2801), (788, 634, 504)
REVENUE = plus(PRODUCTS, SERVICES)

# ── Income ──

COST_OF_PRODUCTS, COST_OF_SERVICES = (1783, 1624, 1501), (291, 246, 206)
COST = plus(COST_OF_PRODUCTS, COST_OF_SERVICES)
GROSS_PROFIT = plus(REVENUE, minus(COST))
RESEARCH, SELLING, ADMINISTRATION = (587, 512, 458), (496, 451, 417), (318, 294, 273)
RESTRUCTURING = (42, 0, 26)
OPERATING_EXPENSES = plus(RESEARCH, SELLING, ADMINISTRATION, RESTRUCTURING)
OPERATING_INCOME = plus(GROSS_PROFIT, minus(OPERATING_EXPENSES))
INTEREST_INCOME, INTEREST_EXPENSE, OTHER_NET = (29, 21, 12), (-63, -71, -78), (-8, 4, -5)
BEFORE_TAX = plus(OPERATING_INCOME, INTEREST_INCOME, INTEREST_EXPENSE, OTHER_NET)
CURRENT_TAX, DEFERRED_TAX = (167, 130, 92), (-6, -4, -9)
TAX = plus(CURRENT_TAX, DEFERRED_TAX)
NET_INCOME = plus(BEFORE_TAX, minus(TAX))
BASIC_SHARES, DILUTIVE_SHARES = (612, 608, 603), (12, 11, 9)
DILUTED_SHARES = plus(BASIC_SHARES, DILUTIVE_SHARES)
BASIC_EPS, DILUTED_EPS = ("0.91", "0.71", "0.45"), ("0.89", "0.69", "0.44")
DIVIDENDS_PER_SHARE = ("0.26", "0.22", "0.18")
TRANSLATION, HEDGES, PENSIONS = (37, -29, 14), (9, -6, 2), (-5, 7, -3)
OTHER_COMPREHENSIVE = plus(TRANSLATION, HEDGES, PENSIONS)
COMPREHENSIVE = plus(NET_INCOME, OTHER_COMPREHENSIVE)

SEGMENT_INCOME: dict[str, Amounts] = {
    "Navigation Sensors": (493, 416, 330),
    "Ocean Monitoring": (316, 229, 151),
    "Data Services": (131, 84, 42),
}
UNALLOCATED = (-141, -127, -73)

# ── Balance sheet: 2025, 2024 ──

CURRENT_ASSETS: dict[str, Amounts] = {
    "Cash and cash equivalents": (964, 718),
    "Short-term investments": (220, 180),
    "Trade receivables, net": (749, 662),
    "Inventories": (617, 583),
    "Prepaid expenses and other current assets": (128, 114),
}
OTHER_ASSETS: dict[str, Amounts] = {
    "Property, plant and equipment, net": (1186, 1109),
    "Operating lease right-of-use assets": (241, 216),
    "Goodwill": (873, 826),
    "Intangible assets, net": (382, 435),
    "Deferred tax assets": (79, 84),
    "Other noncurrent assets": (63, 58),
}
CURRENT_LIABILITIES: dict[str, Amounts] = {
    "Trade payables": (336, 312),
    "Accrued compensation": (219, 194),
    "Deferred revenue": (297, 241),
    "Operating lease liabilities": (52, 47),
    "Current portion of long-term debt": (100, 100),
    "Income taxes payable and other accrued liabilities": (143, 128),
}
OTHER_LIABILITIES: dict[str, Amounts] = {
    "Long-term debt": (900, 1100),
    "Operating lease liabilities": (203, 182),
    "Deferred revenue": (88, 69),
    "Pension obligations": (94, 99),
    "Deferred tax liabilities": (71, 82),
}
TOTAL_CURRENT_ASSETS = plus(*CURRENT_ASSETS.values())
TOTAL_ASSETS = plus(TOTAL_CURRENT_ASSETS, *OTHER_ASSETS.values())
TOTAL_CURRENT_LIABILITIES = plus(*CURRENT_LIABILITIES.values())
TOTAL_OTHER_LIABILITIES = plus(*OTHER_LIABILITIES.values())
TOTAL_LIABILITIES = plus(TOTAL_CURRENT_LIABILITIES, TOTAL_OTHER_LIABILITIES)


# ── Equity: ordinary shares, share premium, retained earnings, accumulated other comprehensive loss ──


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of the statement of changes in equity; *shares* in tenths of a million."""

    name: str
    shares: int
    amounts: Amounts
    balance: bool = False


def _equity() -> list[Movement]:
    rows = [Movement("Balance at December 31, 2022", 600, (60, 789, 1056, -124), balance=True)]
    issued = {"2023": (6, 1, 30), "2024": (6, 0, 42), "2025": (7, 0, 64)}
    bought = {"2023": (0, 0), "2024": (-2, -25), "2025": (-2, -30)}
    compensation = {"2023": 74, "2024": 86, "2025": 98}
    dividends = {"2023": -109, "2024": -134, "2025": -159}
    for year in reversed(YEARS):
        place = YEARS.index(year)
        start = rows[-1]
        moves = [
            Movement("Net income", 0, (0, 0, NET_INCOME[place], 0)),
            Movement("Other comprehensive income (loss)", 0, (0, 0, 0, OTHER_COMPREHENSIVE[place])),
            Movement(f"Dividends declared (${DIVIDENDS_PER_SHARE[place]} per share)", 0, (0, 0, dividends[year], 0)),
            Movement("Share-based compensation", 0, (0, compensation[year], 0, 0)),
            Movement("Shares issued under employee plans", issued[year][0], (*issued[year][1:], 0, 0)),
            Movement("Shares repurchased and cancelled", bought[year][0], (0, 0, bought[year][1], 0)),
        ]
        moves = [move for move in moves if any(move.amounts)]
        shares = start.shares + sum(move.shares for move in moves)
        amounts = plus(start.amounts, *(move.amounts for move in moves))
        rows += [*moves, Movement(f"Balance at December 31, {year}", shares, amounts, balance=True)]
    return rows


EQUITY = _equity()
BALANCES = [row for row in EQUITY if row.balance]
TOTAL_EQUITY = tuple(sum(row.amounts) for row in reversed(BALANCES[-2:]))

# ── Cash flows ──

OPERATING_CASH: dict[str, Amounts] = {
    "Net income": NET_INCOME,
    "Depreciation": (176, 159, 147),
    "Amortization of intangible assets": (89, 86, 84),
    "Share-based compensation": (98, 86, 74),
    "Deferred income taxes": DEFERRED_TAX,
    "Other non-cash items, net": (-5, 3, -6),
    "Trade receivables": (-82, -69, -43),
    "Inventories": (-29, -46, -62),
    "Prepaid expenses and other assets": (-13, -7, 4),
    "Trade payables": (24, 18, 11),
    "Accrued compensation and other liabilities": (37, 26, 19),
    "Deferred revenue": (75, 51, 38),
}
INVESTING_CASH: dict[str, Amounts] = {
    "Purchases of property, plant and equipment": (-242, -274, -228),
    "Purchases of short-term investments, net": (-40, -60, -20),
    "Acquisition of business, net of cash acquired": (-75, 0, 0),
    "Proceeds from disposals of equipment": (4, 6, 3),
}
FINANCING_CASH: dict[str, Amounts] = {
    "Repayments of long-term debt": (-200, -150, -120),
    "Dividends paid": (-159, -134, -109),
    "Proceeds from shares issued under employee plans": (64, 42, 31),
    "Repurchases of ordinary shares": (-30, -25, 0),
}
EXCHANGE_EFFECT = (6, -5, 2)
FROM_OPERATING = plus(*OPERATING_CASH.values())
FROM_INVESTING = plus(*INVESTING_CASH.values())
FROM_FINANCING = plus(*FINANCING_CASH.values())
CASH_CHANGE = plus(FROM_OPERATING, FROM_INVESTING, FROM_FINANCING, EXCHANGE_EFFECT)
CASH_START = (718, 585, 499)
CASH_END = plus(CASH_START, CASH_CHANGE)
FREE_CASH = plus(FROM_OPERATING, INVESTING_CASH["Purchases of property, plant and equipment"])

# ── Notes ──

INVENTORIES: dict[str, Amounts] = {
    "Raw materials and components": (274, 261),
    "Work in progress": (129, 122),
    "Finished goods": (214, 200),
}
PLANT: dict[str, Amounts] = {
    "Land and buildings": (784, 742),
    "Machinery and equipment": (967, 875),
    "Test vessels and tanks": (312, 289),
    "Fixtures, fittings and software": (149, 136),
}
DEPRECIATED = (-1026, -933)
LEASE_PAYMENTS: dict[str, Amounts] = {
    "2026": (61,), "2027": (56,), "2028": (50,), "2029": (43,), "2030": (34,), "Thereafter": (52,),
}  # fmt: skip
LEASE_INTEREST = (-41,)
LEASE_COST: dict[str, Amounts] = {
    "Operating lease cost": (64, 59),
    "Short-term lease cost": (8, 7),
    "Variable lease cost": (5, 6),
}
TAX_BRIDGE: dict[str, Amounts] = {
    "Tax at the statutory rate of 25.0%": (179, 139),
    "Research and development credits": (-21, -17),
    "Lower rates in other countries": (-6, -4),
    "Expenses that are not deductible": (8, 7),
    "Other items": (1, 1),
}


def check() -> None:
    """Refuse accounts that do not add up."""
    truths = {
        "segments": plus(*SEGMENTS.values()) == REVENUE,
        "regions": plus(*REGIONS.values()) == REVENUE,
        "segment income": plus(*SEGMENT_INCOME.values(), UNALLOCATED, minus(RESTRUCTURING)) == OPERATING_INCOME,
        "balance": plus(TOTAL_LIABILITIES, TOTAL_EQUITY) == TOTAL_ASSETS,
        "cash": CASH_END[:2] == CURRENT_ASSETS["Cash and cash equivalents"] and CASH_END[1:] == CASH_START[:2],
        "inventories": plus(*INVENTORIES.values()) == CURRENT_ASSETS["Inventories"],
        "plant": plus(*PLANT.values(), DEPRECIATED) == OTHER_ASSETS["Property, plant and equipment, net"],
        "leases": plus(*LEASE_PAYMENTS.values(), LEASE_INTEREST)[0]
        == CURRENT_LIABILITIES["Operating lease liabilities"][0] + OTHER_LIABILITIES["Operating lease liabilities"][0],
        "tax": plus(*TAX_BRIDGE.values()) == TAX[:2],
        "basic": [f"{a / b:.2f}" for a, b in zip(NET_INCOME, BASIC_SHARES, strict=True)] == list(BASIC_EPS),
        "diluted": [f"{a / b:.2f}" for a, b in zip(NET_INCOME, DILUTED_SHARES, strict=True)] == list(DILUTED_EPS),
    }
    wrong = [name for name, true in truths.items() if not true]
    if wrong:
        raise ValueError(f"the accounts do not add up: {', '.join(wrong)}")


check()
