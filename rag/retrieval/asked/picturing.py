"""Questions that want to see a picture or a chart of the documents, and what that adds to passages beside one."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from rag.language import Terms, is_chinese, terms
from rag.retrieval.asked.lexicon import in_chinese, in_english
from rag.retrieval.asked.question import asked
from rag.retrieval.lexical.stems import stem

Captions = Callable[[Collection[int]], Mapping[int, Sequence[str]]]
"""What names the figures that stand beside passages, by passage; of those without any figure nothing is told."""

SHOWN, HELD, NAMED = 8.0, 1.0, 3.0
"""What a figure weighs where one is to be shown, or is asked for without saying so, and what its caption weighs besides
when it has all that is asked for; set, not learnt. The first is more than words are worth that most pages lack, since
no page without a figure is an answer; a full caption is what a right statement and its name are worth together.
"""

_NOUNS = re.compile(
    r"(?<![a-z])(?:(?<!brand )(?<!corporate )(?<!public )(?<!big )(?<!overall )(?<!full )"
    r"(?:picture|image|photo(?:graph)?|chart(?! of accounts)|(?:flow|pie|bar)chart|diagram|drawing(?! (?:down|on|up))"
    r"|graph|illustration|infographic|logo|screenshot|map)s?(?![a-z])|fig(?:ure|\.)?s?(?=\s*\d))"
    r"|示意[图圖]|(?<![企意试試力妄贪貪])(?:[图圖](?:片|像|表|示(?!例)|形)|(?:插|附|截|配|流程|结构|結構|架构|架構|组织|組織|曲线|曲線"
    r"|柱状|柱狀|柱形|条形|條形|折线|折線|饼|餅|走势|走勢|趋势|趨勢|分布|平面|效果|原理|产品|產品|外观|外觀|实物|實物)[图圖])"
    r"|(?<![企意试試力妄贪貪地版蓝藍])[图圖](?=\s*\d)|(?<=[张張幅])[图圖](?!书|書)|地[图圖](?![册冊集书書])"
    r"|照片|相片|商[标標][图圖]",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    r"(流程|结构|結構|架构|架構|组织|組織|趋势|趨勢|走势|走勢|分布|平面|产品|產品|外观|外觀)[图圖]片?"
)
_TO_BE_DRAWN = re.compile(
    r"\b(?:draw|plot|make|create|generate|produce|build|render|visuali[sz]e)\b[^.?!]{0,40}"
    r"\b(?:charts?|graphs?|diagrams?|maps?|pictures?|images?)\b"
    r"|^\W*(?:please\s+|can you\s+|could you\s+)?(?:chart|graph|map|plot)\s+(?:the|our|my|all|each|every|how)\b"
    r"|\b(?:as|in|into|with|using)\s+an?\s+(?:\w+\s+){0,2}(?:chart|graph)\b"
    r"|(?<![油动動漫壁规規])[画畫][^。？?！!，,]{0,20}[图圖]|[绘繪](?:制|製|出|成|一)|(?:制|製|生成|做)(?:作)?[成个個出一张張][^。？?，,]{0,16}[图圖]"
    r"|生成[^。？?！!，,]{0,16}[图圖]|(?:用|以(?![下上]))[^。？?，,]{0,8}[图圖]\S{0,2}?(?:展示|显示|顯示|表示|呈现|呈現|说明|說明|比较|比較|对比|對比|反映)",
    re.IGNORECASE,
)
_SHOWING = re.compile(
    r"\b(?:show(?:s|n|ing)?|see|view|display|look(?: at)?|find|open|there|me|us|the|an?|any|of|is|are|please)\b"
    r"|给我|給我|看看|看|展示|显示|顯示|打开|打開|找",
    re.IGNORECASE,
)
_TO_SEE = re.compile(
    r"\b(?:show|see|view|display|look|find|open|where|(?:is|are) there|have)\b"
    r"|给我|給我|看|展示|显示|顯示|打开|打開|找|有没有|有沒有|哪里|哪裡|在哪",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:what|which|who|whom|whose|when|why|how|list|do|does|did|is|are|was|were)\b|什么|什麼|多少|几|幾|哪|如何|怎|谁|誰|吗|嗎|是否|为何|列出",
    re.IGNORECASE,
)


def asks_for_picture(question: str) -> bool:
    """Whether *question* wants to see a picture, chart or map that the documents hold, not one that is to be drawn."""
    return _NOUNS.search(question) is not None and _TO_BE_DRAWN.search(question) is None


def beside_pictures(question: str, captions: Mapping[int, Sequence[str]]) -> dict[int, float]:
    """What a figure beside each passage of *captions* weighs for *question*: more, the more of it the caption has.

    A question that is to be answered from a picture rather than with one may well be answered by the words of another
    page: for it, a figure alone weighs nothing. The share that a caption has is squared, since a word or two of many
    are in the captions of other figures too, and the words of a caption count as those of its passage already. A
    caption in another language has the question's words in that one.
    """
    told = _SHOWING.sub(" ", _NOUNS.sub(" ", _OF_WHAT.sub(r"\1 ", question)))
    wordings = [_all(asked(told)), _all(asked(in_english(told) if is_chinese(told) else in_chinese(told)))]
    held = SHOWN if _TO_SEE.search(question) else 0.0 if _ASKS.search(question) else HELD
    found: dict[int, float] = {}
    for number, named in captions.items():
        texts = [_all(terms(caption)) for caption in named]
        share = max((len(wanted & text) / len(wanted) for wanted in wordings if wanted for text in texts), default=0.0)
        if named and (value := held + NAMED * share**2):
            found[number] = value
    return found


def _all(found: Terms) -> set[str]:
    return {*map(stem, found.words), *found.grams, *found.numbers}
