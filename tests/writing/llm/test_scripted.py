"""The scripted model says its script, or quotes its evidence."""

import pytest

from rag.errors import LLMBroke
from rag.records import Message, Options, Thought, Wrote
from rag.writing.llm.scripted import ScriptedLLM

PROMPT = """### Evidence

<evidence x1>
[1] report.pdf · p. 12
Fees and charges
The management fee is 1.5 million euros. It was 1.2 million a year before.

[2] sales.xlsx · P&L!A2:F40
Revenue | 120 | 130

[3] 年报.pdf · p. 3
管理费为 12 万元。其他略。
</evidence x1>

### Question

What is the fee? End every fact with its mark, like [1].
"""


def said(llm, prompt=PROMPT):
    events = list(llm.stream([Message("system", "Cite like [2]."), Message("user", prompt)], Options()))
    return tuple("".join(event.text for event in events if isinstance(event, kind)) for kind in (Thought, Wrote))


def test_without_a_script_it_quotes_its_evidence_word_for_word():
    thinking, answer = said(ScriptedLLM())
    assert thinking == "Reading [1], [2]: the first sentences say it."
    assert answer == "The management fee is 1.5 million euros. [1] Revenue | 120 | 130 [2]"


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [("What is the fee?", "The documents do not say."), ("管理费是多少？", "文档中没有说明。")],
)
def test_without_evidence_it_says_so(prompt, answer):
    assert said(ScriptedLLM(), prompt)[1] == answer


def test_evidence_on_one_line_is_enough():
    assert said(ScriptedLLM(), "[1] The fee is 12.\n[2] No fee.")[1] == "The fee is 12. [1] No fee. [2]"


def test_several_answers_come_in_turn_and_the_last_stays():
    llm = ScriptedLLM(["one", "<think>hm</think>two"])
    assert [said(llm)[1] for _ in range(3)] == ["one", "two", "two"]


def test_it_can_fail_after_its_words():
    stream = ScriptedLLM("The fee", fails=LLMBroke(url="u", reason="power cut")).stream([], Options())
    assert next(stream) == Wrote("The fe")
    assert next(stream) == Wrote("e")
    with pytest.raises(LLMBroke, match="power cut"):
        next(stream)
