"""What parts of finding do where one asks for what they are for: made-up reports, with a part and without. By hand:

    python tests/bench/asked_for.py

Other sets of questions seldom ask so: for two facts where every report lies there in five editions, for two companies
at once, for a picture, for a page by its number. Told are the share of questions whose first hit is one that they need,
and the share that have something of all they need among the first five.
"""

import random
import tempfile
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pymupdf

from rag.asking import searching
from rag.records import Hit, Page
from rag.retrieval import retriever
from rag.settings import Settings
from rag.wiring import ingest, workspace
from rag.workspace import Workspace

WHO = "bench"
FEW = 5
EDITIONS = ("draft", "board", "signed", "print", "web")
COMPANIES = (
    "Alderbrook Foods",
    "Brantholm Dairy",
    "Cresswick Mills",
    "Dunmarrow Farms",
    "Eskwater Brewing",
    "Farrowdale",
)
TOPICS = {
    "how many people it employs": "At the end of 2024 {name} employed {0} people, {1} of them in production. "
    "Turnover of staff was {2} percent. Works councils were heard on {3} occasions, and apprentices numbered {4}.",
    "what it spent on research": "{name} spent {0} thousand euros on research and development in 2024, after {1} "
    "thousand in 2023. The laboratory filed {2} patents; {3} new recipes came from it, of which {4} are sold.",
    "what dividend it paid": "The general meeting of {name} resolved on a dividend of {0} cents a share, paid in May "
    "2024; the year before it was {1} cents. {2} million shares carry a right to it; {3} percent were in free float.",
    "how much it owes to banks": "Loans from banks were {0} thousand euros at the end of 2024 and {1} thousand a year "
    "before. A credit line of {2} thousand was unused. Interest averages {3} basis points over the market's rate.",
    "how much energy it used": "The sites of {name} used {0} megawatt hours of energy in 2024, {1} of them from sun "
    "and wind. Steam made {2} percent of it. An audit of energy found {3} measures, and {4} of them are done.",
    "which sites it has": "{name} makes its goods at {0} sites. The largest has {1} square metres and was opened in "
    "{2}. Leases of {3} warehouses end by 2030. Insurance of the sites costs {4} thousand euros a year.",
    "how sales went by region": "Net sales of {name} were {0} thousand euros in 2024. The north had {1} thousand of "
    "them, the south {2} thousand, and exports {3} thousand. Prices rose by {4} percent in all regions.",
    "what it paid its auditors": "The auditors of {name} were paid {0} thousand euros for the audit of 2024 and {1} "
    "thousand for other services. They were chosen {2} years ago. The committee met {3} times with them.",
}
PICTURES = {
    "how much energy it used": ("energy used by site", "Show me the chart of energy used by site at {name}"),
    "how sales went by region": ("net sales by region", "Is there a chart of net sales by region of {name}?"),
    "which sites it has": ("the bottling hall", "Please show a photo of the bottling hall of {name}"),
}
PARTS: dict[str, tuple[object, str, object]] = {
    "editions": (searching, "without_twins", list),
    "two companies": (retriever, "_sides", lambda *_: []),
    "a picture": (retriever, "asks_for_picture", lambda _: False),
    "a page": (retriever, "pages_named", lambda _: ()),
}
Place = tuple[str, int]


class Asked(NamedTuple):
    """A *question*, and what it needs: of each thing one of the pages that have it."""

    question: str
    needed: Sequence[frozenset[Place]]


class Report(NamedTuple):
    """A file of a company, and on which page each topic stands; pictures stand after the topics."""

    company: str
    file: str
    pages: dict[str, int]


def drawn(path: Path, company: str, edition: int, *, pictures: bool) -> Report:
    """An annual report; editions say the same, each with one more page of front matter than the one before."""
    chance = random.Random(company)
    pages: dict[str, int] = {}
    with pymupdf.open() as pdf:

        def page(heading: str, text: str) -> pymupdf.Page:
            new = pdf.new_page()
            new.insert_text((72, 90), heading, fontsize=18)
            new.insert_textbox((72, 120, 520, 420), text, fontsize=11)
            return new

        page(f"{company} Inc.", "Annual Report 2024\n\nFor the fiscal year ended December 31, 2024")
        for number in range(edition):
            page("To the reader", f"This edition was read by {number + 3} members of the board before it was bound.")
        for topic, text in TOPICS.items():
            values = [chance.randint(11, 9999) for _ in range(5)]
            pages[topic] = page(topic.capitalize(), text.format(*values, name=company)).number + 1
        for topic, (caption, _) in PICTURES.items() if pictures else ():
            new = page("In pictures", "A look at the year.")
            new.insert_image((72, 160, 520, 480), pixmap=_noise(chance))
            new.insert_text((72, 500), f"Figure {len(pages) - len(TOPICS) + 1}: {caption.capitalize()}", fontsize=10)
            pages[f"picture: {topic}"] = new.number + 1
        pdf.save(path)
    return Report(company, path.name, pages)


def _noise(chance: random.Random) -> pymupdf.Pixmap:
    width, height = 160, 110
    return pymupdf.Pixmap(pymupdf.csRGB, width, height, chance.randbytes(width * height * 3), False)


def library(home: Path, *, editions: Sequence[str], close: bool) -> tuple[Workspace, list[Report]]:
    """A workspace with the reports of all companies in these *editions*."""
    settings = Settings(home=home, llm="none", close_reading="on" if close else "off")
    app, reader = workspace(settings), ingest(settings)
    base = app.bases(WHO)[0].id
    reports = []
    for company in COMPANIES:
        for number, edition in enumerate(editions):
            path = home / f"{company.split()[0].lower()}-{edition}.pdf"
            reports.append(drawn(path, company, number, pictures=close))
            with path.open("rb") as data:
                app.add(WHO, base, path.name, data)
    while reader.run_one():
        pass
    return app, reports


def of_two_topics(reports: Sequence[Report]) -> Iterator[Asked]:
    """Two facts of one company, whichever edition has them."""
    for company in COMPANIES:
        own = [report for report in reports if report.company == company]
        for pair in combinations(TOPICS, 2):
            needed = [frozenset((report.file, report.pages[topic]) for report in own) for topic in pair]
            yield Asked(f"Tell me of {company} {pair[0]} and {pair[1]}.", needed)


def of_two_companies(reports: Sequence[Report]) -> Iterator[Asked]:
    """One fact of two companies."""
    for one, other in combinations(reports, 2):
        for topic in TOPICS:
            needed = [frozenset({(report.file, report.pages[topic])}) for report in (one, other)]
            yield Asked(f"Of {one.company} and {other.company}, {topic.replace(' it ', ' each ')}?", needed)


def of_pictures(reports: Sequence[Report]) -> Iterator[Asked]:
    """A picture of one company."""
    for report in reports:
        for topic, (_, question) in PICTURES.items():
            needed = frozenset({(report.file, report.pages[f"picture: {topic}"])})
            yield Asked(question.format(name=report.company), [needed])


def of_pages(reports: Sequence[Report]) -> Iterator[Asked]:
    """A page of one company's report, by its number."""
    for report in reports:
        for page in report.pages.values():
            yield Asked(
                f"What does page {page} of the {report.company} report say?", [frozenset({(report.file, page)})]
            )


def shares(app: Workspace, asked: Sequence[Asked]) -> tuple[float, float]:
    """The share of questions whose first hit is right, and of those that find all they need among the first few."""
    base = app.bases(WHO)[0].id
    first = together = 0
    for question, needed in asked:
        places = [_places(hit) for hit in app.search(WHO, question, bases=[base], k=FEW).hits]
        first += any(not places[0].isdisjoint(each) for each in needed) if places else 0
        together += all(any(not each.isdisjoint(place) for place in places) for each in needed)
    return first / len(asked), together / len(asked)


def _places(hit: Hit) -> frozenset[Place]:
    document = hit.passage.document.name
    return frozenset((document, place.number) for place in hit.passage.places if isinstance(place, Page))


def main() -> None:
    """Print a row for each part."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        copies, in_editions = library(Path(one), editions=EDITIONS, close=False)
        single, reports = library(Path(other), editions=EDITIONS[:1], close=True)
        sets = {
            "editions": (copies, [*of_two_topics(in_editions)]),
            "two companies": (single, [*of_two_companies(reports)]),
            "a picture": (single, [*of_pictures(reports)]),
            "a page": (single, [*of_pages(reports)]),
        }
        print("asked for\tquestions\twith: first, all among five\twithout")
        for name, (app, asked) in sets.items():
            owner, part, instead = PARTS[name]
            having = shares(app, asked)
            with patch.object(owner, part, instead):
                lacking = shares(app, asked)
            told = "\t".join(f"{first:.2f} / {together:.2f}" for first, together in (having, lacking))
            print(f"{name}\t{len(asked)}\t{told}", flush=True)


if __name__ == "__main__":
    main()
