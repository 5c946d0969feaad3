"""Words by which a question asks how a line of a report moved, what share it has, or how it went on; they name nothing
themselves.
"""

import re

MOVED = re.compile(
    r"(?:year[- ]over[- ]year|yoy|annual)?\s*(?:percent(?:age)? )?"
    r"(?:growth(?: rate)?|changed?|increased?|decreased?|declined?|reduced?|lowered?|dropped|drop|grow|grew|rose|rise"
    r"|fall|fell)"
    r"(?: of| in)?\b"
    r"|year[- ]over[- ]year|yoy|by how much|how much|(?:by )?what percent(?:age)?|compared (?:to|with)|in percent"
    r"|[比较]上[年期]同?期?|[比较](?=\s*\d)|\bbetween(?= (?:19|20)\d\d)|(?<=\d) and(?= (?:19|20)\d\d)"
    r"|同比|增长率?|增减|增加|增多|增幅|变动|变化|幅度|下降|减少|上升|提高"
    r"|了?(?:多少|百分之几|百分之多少|几)"
)
"""How a figure moved."""
EACH_YEAR = re.compile(
    r"\b(?:(?:\d|two|three|four|five)[- ]years? )?(?:(?:total|average) )?"
    r"(?:compound(?:ed)? annual growth(?: rate)?|cagr)(?: of| in)?\b(?: \(cagr\))?"
    r"|(?:年均)?复合(?:年均)?增长率?|年复合增长率?"
)
"""By how much it moved in each year, where that adds up over several: the compound annual growth rate."""
DIFFERS = re.compile(
    r"\b(?:by )?how (?:much|many) (?:more|less|fewer|higher|lower|larger|smaller|greater)\b"
    r"|\bwhat (?:is|was) the difference\b|\bdifference (?:between|in)\b"
    r"|[高大多少低小](?:了|出)?(?:多少|几)[个人家元名]?|相差|之差|差额|差值"
)
"""By how much one is more than another."""
HAS_SHARE = re.compile(
    r"\b(?:what|which|how much)?\s*(?:share|percent(?:age)?|proportion|part) of\b"
    r"|\b(?:as a )?(?:share|percent(?:age)?|proportion)\b"
    r"|\b(?:came?|comes|derived|stem(?:s|med)?|account(?:s|ed)? for|made up|make up|contributed|represent(?:s|ed)?)\b"
    r"|\b(?:was|is|were|are|from|by|did|does)\b"
    r"|占比|占|的?(?:比例|比重|份额)|百分之几|百分之多少|多少|百分比"
)
"""What share it has."""
OF_WHAT = re.compile(
    r"占|(?:share|percent(?:age)?|proportion|part) of(?: the)?|as an? (?:share|percent(?:age)?) of(?: the)?"
)
"""Stands before the whole of which it is a share."""
THE_WHOLE = re.compile(r"\b(?:the )?(?:total|all|overall|whole|entire)\b|总额|总计|合计|总|全部|整体")
WENT_ON = re.compile(
    r"\b(?:plot|chart|show|draw|graph|display|the|trends?|of|in|over (?:the years|time)|line chart)\b"
    r"|\b(?:quarterly|(?:by|each) (?:year|quarter))\b"
    r"|绘制|画出?|显示|展示|给出|做|作|趋势|走势|变化|曲线|折线|图表?"
    r"|历年|各年度?|逐年|每年|各个?季度|每个?季度|按季度?|按年度?|逐季"
)
"""How it went on from period to period."""
RANKED_BY = re.compile(r"\b(?:by|in terms of|based on|according to|measured by)\b|^按|按照")
KIND_RANKED = re.compile(
    r"\b(?:which|what|top \d+|top (?:two|three|five)|(?:highest|largest|lowest|smallest)) ((?:lines? of )?[a-z]+)\b"
    r"|哪一?[个些种类项家]?([\u4e00-\u9fff]{2,4}?)(?=的|最|营|收|毛|$|[??])"
    r"|前[\d一二三四五六七八九十]+的?[个大名位]?([\u4e00-\u9fff]{2,4}?)(?=是|有|的|$|[??])"
)
"""What kind of thing is ranked, in one of its groups: *which segment*, 哪个产品, 前三的产品."""
