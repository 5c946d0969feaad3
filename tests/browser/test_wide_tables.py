"""Tables of answers that are wider than the page, by themselves in a browser."""

from pathlib import Path

import pytest

import rag.entrypoints.ui.components

FOLDER = Path(rag.entrypoints.ui.components.__file__).parent

pytestmark = pytest.mark.browser


def test_the_edge_fades_where_a_figure_would_be_cut_off(chromium):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.set_content(
        f"<style>{(FOLDER / 'turn.css').read_text('utf-8')}</style>"
        "<main><div class=scroll><table><tr><td style='min-width:900px'>548,196,204.62</td></tr></table></div></main>"
    )
    page.add_script_tag(content=(FOLDER / "prose.js").read_text("utf-8"))
    table = page.locator(".scroll")
    edges = []
    for left in (0, 200, 9_999):
        table.evaluate("(node, left) => { node.scrollLeft = left; fade(document.body); }", left)
        edges.append(table.get_attribute("class"))
        assert "gradient" in table.evaluate("node => getComputedStyle(node).maskImage")
    assert edges == ["scroll goes-on", "scroll goes-on went-by", "scroll went-by"]
    table.locator("td").evaluate("node => { node.style.minWidth = '10px'; fade(document.body); }")
    assert table.get_attribute("class") == "scroll"
    page.close()
