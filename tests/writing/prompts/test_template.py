"""A template is refused with a reason unless it is in the form; a good one is filled once and cleanly."""

from pathlib import Path

import pytest

from rag.errors import BadTemplate
from rag.writing.prompts.template import load

SHIPPED = Path(__file__).parents[3] / "prompts" / "answer.md"
FRONT = "---\nname: own\nversion: 1\ndescription: A test.\n---\n"
BODY = (
    "## system\nBe brief.\n\n"
    "## user\n### Evidence\n$nonce $evidence\n\n### Background\n$background\n\n### Need\n$need\n"
)


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "own.md"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_the_shipped_template_has_both_parts_and_names_every_variable():
    template = load(SHIPPED)
    assert template.front.name == "answer"
    text = "".join(template.system + template.user)
    for name in ("background", "need", "output", "evidence", "language", "nonce"):
        assert f"${name}" in text


def test_the_system_part_is_the_same_for_every_question_so_a_server_can_keep_it():
    assert "$" not in "".join(load(SHIPPED).system)


def test_values_are_filled_in_and_empty_sections_vanish_with_their_titles():
    values = {"need": "What was it?", "evidence": "[1] text", "nonce": "abc", "language": "English"}
    system, user = load(SHIPPED).fill(values)
    assert (system.role, user.role) == ("system", "user")
    assert "What was it?" in user.content
    assert "### Background" not in user.content
    assert "### Form of the answer" not in user.content
    _, full = load(SHIPPED).fill({**values, "background": "We bought it.", "output": "A table."})
    assert "### Background\n\nWe bought it." in full.content
    assert "### Form of the answer\n\nA table." in full.content
    assert "\n\n\n" not in user.content


def test_a_value_is_never_filled_in_again(written):
    _, user = load(written(FRONT + BODY)).fill({"need": "$evidence\n### Background\n$nonce", "evidence": "secret"})
    assert user.content.endswith("### Need\n$evidence\n### Background\n$nonce")
    assert user.content.count("secret") == 1


def test_two_dollar_signs_are_one(written):
    _, user = load(written(FRONT + BODY + "\nIn $$.\n")).fill({"need": "x"})
    assert user.content.endswith("In $.")


def test_a_file_from_windows_is_read(written):
    text = "\ufeff" + (FRONT + BODY).replace("\n", "\r\n")
    assert load(written(text)).front.name == "own"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BODY, "front matter"),
        ("---\nname: [\n---\n" + BODY, "not YAML"),
        ("---\njust words\n---\n" + BODY, "front matter"),
        (FRONT.replace("version: 1", "version: one") + BODY, "version"),
        (FRONT.replace("version: 1", "versoin: 1") + BODY, "vers"),
        (FRONT.replace("---\n", "---\nauthor: me\n", 1) + BODY, "author"),
        (FRONT + BODY.replace("$background", "$backgruond"), "$backgruond"),
        (FRONT + BODY.replace("$need", "the question"), "$need"),
        (FRONT + BODY.replace("$nonce ", ""), "$nonce"),
        (FRONT + BODY.replace("$need", "$need for 5 $ a day"), "$$"),
        (FRONT + BODY.replace("## system", "## sytem"), "## system"),
        (FRONT + BODY + "\n## user\nagain\n", "once"),
        (FRONT + BODY.replace("Be brief.", ""), "not empty"),
        (FRONT + "Hello\n" + BODY, "before"),
        (FRONT + BODY.replace("Be brief.", "$need $evidence $nonce").replace("### Need\n$need", ""), "## user lacks"),
        ("", "front matter"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_template_out_of_form_is_refused_with_its_reason(written, text, reason):
    path = written(text)
    with pytest.raises(BadTemplate) as caught:
        load(path)
    assert reason in str(caught.value.details["reason"])
    assert caught.value.details["path"] == str(path)


def test_a_template_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadTemplate, match="No such file"):
        load(tmp_path / "none.md")
