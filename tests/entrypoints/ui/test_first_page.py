"""What a browser gets first, whatever path it asks for."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from rag.entrypoints.ui.first_page import FirstPage

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def client():
    return TestClient(FirstPage(PlainTextResponse("Streamlit's own")), follow_redirects=False)


@pytest.mark.parametrize("path", ["/", "/documents", "/tables?table=3", "/nothing-of-the-kind"])
def test_the_page_has_our_name_and_measures_before_anything_is_drawn(client, path):
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200
    assert "<title>PageCite</title>" in answer.text
    head = answer.text.partition("</head>")[0]
    assert "stMainBlockContainer" in head
    assert "./favicon.png" not in head
    assert '<script type="module"' in head


@pytest.mark.parametrize(
    ("path", "to"),
    [("/a/b", "../b"), ("/a/b/documents?c=1&x=%2F", "../../documents?c=1&x=%2F"), ("/a/%2F%2Fb", "../%2F%2Fb")],
)
def test_a_path_of_several_parts_leads_to_its_last_one(client, path, to):
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 307
    assert answer.headers["location"] == to


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/index.js", BROWSER),
        ("/favicon.png", BROWSER),
        ("/_stcore/health", BROWSER),
        ("/media/a.csv", BROWSER),
        ("//elsewhere.example", BROWSER),
        ("/documents/", BROWSER),
        ("/documents", {"Accept": "application/json"}),
    ],
)
def test_whatever_is_no_page_is_left_to_streamlit(client, path, headers):
    assert client.get(f"http://testserver{path}", headers=headers).text == "Streamlit's own"


def test_nothing_is_sent_by_a_page(client):
    assert client.post("/documents", headers=BROWSER).text == "Streamlit's own"
