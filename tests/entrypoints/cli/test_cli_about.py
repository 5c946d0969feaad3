"""The command line says what documents are about, sets it right, and asks over what is selected."""

import json

import pytest

COVER = ["Otter Harbours Limited", "Annual Report 2021", "for the people who moor their boats with us"]


@pytest.fixture
def kept(add, make_pdf):
    pages = [COVER, ["The annual mooring fee is 12 euros for each metre."]]
    return add("otter.pdf", make_pdf(*pages))


def test_documents_say_what_they_are_about(pagecite, kept):
    (listed,) = json.loads(pagecite("documents", "--json").stdout)
    assert listed["about"]["names"] == ["Otter Harbours Limited", "Otter Harbours"]
    assert (listed["about"]["type"], listed["about"]["year"]) == ("annual report", 2021)


def test_what_is_wrong_is_set_right_and_given_back(pagecite, kept):
    shown = pagecite("about", "otter.pdf", "--year", 2020, "--tag", "boats", "--tag", "fees").stdout
    assert "year: 2020 (by hand)" in shown
    assert "tags: boats, fees" in shown
    known = json.loads(pagecite("about", "otter.pdf", "--as-read", "--json").stdout)
    assert (known["year"], known["by_hand"], known["tags"]) == (2021, [], ["boats", "fees"])
    assert json.loads(pagecite("about", "otter.pdf", "--untag", "--json").stdout)["tags"] == []


def test_a_tag_or_a_name_of_nothing_is_none(pagecite, kept):
    known = json.loads(pagecite("about", "otter.pdf", "--tag", " ", "--name", "", "--code", " x ", "--json").stdout)
    assert (known["tags"], known["names"][0], known["codes"]) == ([], "Otter Harbours Limited", ["x"])


def test_a_search_that_finds_nothing_says_so(pagecite, kept):
    found = pagecite("find", "fee", "--tag", "none")
    assert (found.stdout, "Nothing was found" in found.stderr) == ("", True)


def test_only_what_is_selected_is_asked(pagecite, kept):
    question = "What is the annual mooring fee?"
    hits = json.loads(pagecite("find", question, "--year", 2021, "--pages", "2-3", "--json").stdout)["hits"]
    assert [place["page"] for hit in hits for place in hit["places"]] == [2]
    assert json.loads(pagecite("find", question, "--tag", "none", "--json").stdout)["hits"] == []
    assert "12 euros" in pagecite("ask", question, "--language", "en", "--type", "annual report").stdout
    assert "No document is what the filters ask for" in pagecite("ask", question, "--year", 1999, status=1).stderr


@pytest.mark.parametrize("pages", ["x", "20-10", "0"])
def test_what_names_no_pages_is_refused(pagecite, kept, pages):
    assert "names no pages" in pagecite("find", "fee", "--pages", pages, status=1).stderr


def test_read_says_what_a_file_is_about_and_what_its_pages_hold(pagecite, tmp_path, make_pdf):
    path = tmp_path / "otter.pdf"
    path.write_bytes(make_pdf(COVER, ["A page."]))
    report = json.loads(pagecite("read", path, "--fast", "--json").stdout)["report"]
    assert report["about"]["year"] == 2021
    assert report["topics"] == {"cover": [1]}
