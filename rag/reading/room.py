"""How much room words of ours take up in a passage, and how they are cut short to fit."""


def tokens(text: str) -> float:
    """About how many tokens an embedder makes of *text*; more rather than fewer."""
    plain = sum(character.isascii() and character.isalpha() for character in text)
    spaces = text.count(" ")
    return 1 + plain * 0.3 + (len(text) - plain - spaces) * 0.75


def short(text: str, longest: int) -> str:
    """*text* on one line, of at most *longest* characters."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
