"""Sentences that say what stands in a table, cut to what they say it is: ``Inventories were as follows:``."""

import re

_LONGEST = 200  # characters of a name
_UNIT = re.compile(
    r"\s*[(（](?P<unit>[^()（）]*(?:\b(?:in|of)\s+(?:[$€£¥]\s*)?(?:\w+\s+)?(?:millions|thousands|billions|dollars)\b"
    r"|(?:(?<=[(（])|[$€£¥]\s*)(?:thousand|million|billion)s?\b|000[’']?s|[单單]位|[仟千万萬百亿億]?元)[^()（）]*)"
    r"(?:[)）]|$)",
    re.IGNORECASE,
)
_TABLE = (
    r"(?:following(?: (?:table|schedule|chart|summary|information|financial information|data|reconciliation)s?)?"
    r"|(?:table|schedule|chart|information|data|summary)s?(?: (?:presented|set forth|shown|provided|included))? below)"
)
_SHOWS = (
    r"(?:sets? (?:forth|out)|presents?|shows?|provides?|summari[sz]es?|details?|discloses?|reflects?|lists?|represents?"
    r"|illustrates?|outlines?|includes?|contains?|describes?|displays?|identif(?:y|ies)|highlights?|depicts?|gives?"
    r"|indicates?|compares?|analy[sz]es|reports?|is|are|was|were)"
)
_SHOWN = (
    r"(?:presented|shown|provided|set (?:forth|out)|summari[sz]ed|listed|included|detailed|disclosed|reflected|given"
    r"|described|reported|allocated|reconciled|recorded|classified|recognized|distributed|computed|calculated)"
)
_BE = r"(?:is|are|was|were|has been|have been)"
_WHEN = r"(?:in|for|as of|at|on|during|as a result of)\b[^,]{1,60}(?:, ?(?:19|20)\d\d ?)?, "
_AHEAD = re.compile(
    rf"(?:{_WHEN})?(?:the |these |this )?{_TABLE} (?:also |below |separately )?{_SHOWS} (?P<it>.+)"
    rf"|(?:{_SHOWN} )?(?:in the (?:following tables?|tables? below)|below) (?:is|are) (?P<also>.+)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?P<it>.+?),? (?:"
    rf"(?:{_BE} )?(?:also )?(?:{_SHOWN} )?(?:as follows|(?:in|by) (?:the )?(?:following (?:table|schedule|chart)s?"
    r"|(?:table|schedule|chart)s? (?:below|that follows?)|accompanying table))"
    rf"|(?:{_BE} )?(?:(?:primarily|mainly) )?(?:consist(?:s|ed)?|composed|comprise[sd]?|made up|include[sd]?)"
    r"(?: of)?(?: the)? following(?: \w+)?(?: (?:as of|at|for|in)\b.*)?"
    rf"|{_BE}(?: the following| (?:{_SHOWN} )?below)?|follows?|includes?)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:.*[，,。；])?(?P<it>[^，,。；]{2,60}?)"
    r"(?:的?(?:具体|具體)?(?:情况|情況|信息|資訊|资料|資料|明细|明細|内容|內容|构成|構成)?)"
    r"(?:分别|分別|列示|披露|汇总|彙總|详|詳|参|參|请|請|见|見|分析|说明|說明)*(?:如下|见下|見下)(?:表|列)?(?:所示|所列)?"
    r"|(?:下表|下列|以下)(?:[为為系係]|[彙汇][列總总]|列示|列报|列報|列明)+(?P<also>[^，,。；]{2,60})"
)
_LEADING = re.compile(
    r"(?:(?:certain |additional |selected |supplemental )?(?:information|data|details|disclosures?)"
    r" (?:about|regarding|relating to|related to|concerning|on|with respect to|for|pertaining to) "
    rf"|an? (?:summary|overview|breakdown|listing|analysis) (?:of |by )|{_WHEN}"
    r"|(?:the )?company['’]s |(?:the|our|its|an?) )",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"[,，]? (?:and (?:indicates?|shows?|provides?|sets? forth|reconciles?)|assuming)\b.*"
    r"|, (?:which|including|excluding|assuming|where|that|followed by)\b.*|,? in addition to\b.*"
    r"|,? respectively$|\s*\(\w{1,2}\)$",
    re.IGNORECASE,
)
_SAYS = re.compile(r"(?<!that)(?<!which) (?:is|are|was|were|has|have|can|may|will|remain(?:s|ed)?)\b.*")
_POOR = re.compile(
    r"(?:we|it|they|he|she|this|these|those|such|there|refer|see|pursuant|please|both|each|if|when|where|while)\b.*"
    r"|(?:the )?company (?:\w+ed|had|has|expects|intends|plans|estimates|believes)\b.*"
    r"|(?:amounts?|activity|information|details|results|components?|balances?|assumptions|items|data|totals?|changes)"
    r"|.*\b(?:and|or|of|the|to|in|for|by|with|from|due to|as|at|on|also)",
    re.IGNORECASE,
)
_WHOSE = re.compile(r" (?:as of|for the)\b.*", re.IGNORECASE)
_SAYS_TABLE = re.compile(
    r"\bfollowing (?:table|schedule)s?\b|\b(?:table|schedule)s? (?:below|that follow)|下[表列]", re.IGNORECASE
)
_ANNOUNCES = re.compile(r"\bfollow(?:s|ing)?\b|\bbelow\b|下[表列]|如下|以下", re.IGNORECASE)


def introduces(text: str) -> bool:
    """Whether *text* says that something follows, and so is a sentence and no name."""
    return _ANNOUNCES.search(text) is not None


def says_table(sentence: str) -> bool:
    """Whether *sentence* says of a table that it follows."""
    return _SAYS_TABLE.search(sentence) is not None


def subject_of(sentence: str) -> str:
    """What *sentence* says that the table below holds; empty where it says nothing that could be its name."""
    plain = without_unit(" ".join(sentence.split())).strip(" :：.。")
    if match := _CHINESE.fullmatch(plain):
        return (match["it"] or match["also"]).strip()
    if match := _AHEAD.fullmatch(plain):
        found = match["it"] or match["also"]
    elif match := _BEHIND.fullmatch(plain):
        found = _SAYS.sub("", match["it"])
    else:
        return ""
    found = _ASIDE.sub("", found)
    while match := _LEADING.match(found):
        found = found[match.end() :]
    found = found.strip(" ,;:–—-")
    poor = not 2 < len(found) <= _LONGEST or _POOR.fullmatch(_WHOSE.sub("", found)) is not None
    return "" if poor else found[0].upper() + found[1:]


def unit_in(text: str) -> str:
    """What *text* says in brackets about the unit of the table below it."""
    found = [match["unit"].strip() for match in _UNIT.finditer(text)]
    return found[-1] if found else ""


def without_unit(text: str) -> str:
    """*text* without what it says in brackets about the unit."""
    return _UNIT.sub("", text)
