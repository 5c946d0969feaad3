from rag.reading.page_report import PageFacts, facts_of, notes_on_pages, ranges
from rag.records import Leaf, Note, Page, Span


def codes(*pages, deep):
    return [(note.code, note.details["pages"]) for note in notes_on_pages(pages, deep=deep)]


def test_before_the_deep_pass_scanned_and_garbled_pages_wait_for_ocr():
    pages = PageFacts(1, "text", words=True), PageFacts(2, "scanned", words=False), PageFacts(3, "garbled", words=False)
    assert codes(*pages, deep=False) == [("ScannedWaiting", "2"), ("GarbledWaiting", "3")]
    assert codes(*pages[1:], deep=False) == [("ScannedWaiting", "2"), ("GarbledWaiting", "3")]


def test_after_it_what_ocr_read_is_told_with_its_confidence_and_what_it_did_not_read_too():
    pages = [
        PageFacts(1, "scanned", words=True, confidence=0.9),
        PageFacts(2, "scanned", words=True, confidence=0.98),
        PageFacts(3, "scanned", words=False, confidence=0.0),
        PageFacts(4, "scanned", words=False),
    ]
    first, second = notes_on_pages(pages, deep=True)
    assert first == Note("ScannedRead", {"pages": "1-2", "confidence": "0.94"})
    assert second == Note("ScannedUnread", {"pages": "3-4"})


def test_blank_pages_are_named_and_a_document_without_a_word_says_so_once():
    blank = [PageFacts(number, "blank", words=False) for number in (2, 3)]
    assert codes(PageFacts(1, "text", words=True), *blank, deep=False) == [("BlankPages", "2-3")]
    assert codes(*blank, deep=False) == [("NoText", 2)]
    assert codes(PageFacts(1, "scanned", words=False, confidence=0.0), *blank, deep=True) == [("NoText", 3)]


def test_a_page_that_failed_is_left_to_its_own_note():
    assert codes(PageFacts(1, "text", words=False, failed=True), deep=True) == []


def test_hidden_words_are_told_and_do_not_count_as_words():
    leaf = Leaf(4, None, (Span("nobody sees this", Page(4), "hidden"),))
    assert facts_of(leaf) == PageFacts(4, "text", words=False, hidden=True)
    assert codes(facts_of(leaf), deep=True) == [("NoText", 1), ("HiddenText", "4")]


def test_neighbouring_pages_are_told_as_a_range():
    assert ranges([3, 7, 8, 9]) == "3, 7-9"
