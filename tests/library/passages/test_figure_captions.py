"""Which passages stand beside a figure."""

from rag.records import Box, Cells, Figure, Leaf, Page, Passage, Span


def captioned(text, place):
    return Figure((Span(text, place, "caption"),), place)


def test_a_passage_over_a_page_break_stands_beside_the_figures_of_both_its_pages(admit, store):
    document, _ = admit()
    box = Box(10, 10, 90, 90)
    leaves = [
        Leaf(1, "1", (captioned("Figure 1: A ferry", Page(1, None, box)),)),
        Leaf(2, "2", (captioned("", Page(2, None, box)),)),
        Leaf(3, "3", ()),
    ]
    over = Passage(document, (Span("one", Page(1)), Span("two", Page(2))))
    ids = store.keep(document.id, [over, Passage(document, (Span("three", Page(3)),))], leaves)
    assert store.captions(ids) == {ids[0]: ["Figure 1: A ferry", ""]}


def test_rows_of_a_sheet_stand_beside_the_chart_that_lies_over_them(catalog, store):
    base = catalog.create_base("Library", "hashing-256")
    document, _ = catalog.admit(base.id, "sales.xlsx", digest="b" * 64, size=3, kind="workbook", who="ann")
    leaf = Leaf(1, "Sales", (captioned("Sales by month", Cells("Sales", "F2:K12")),))
    places = [Cells("Sales", "A10:C11"), Cells("Sales", "A13:C14"), Cells("Staff", "A3")]
    ids = store.keep(document.id, [Passage(document, (Span("words", place),)) for place in places], [leaf])
    assert store.captions(ids) == {ids[0]: ["Sales by month"]}
