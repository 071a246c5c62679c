"""Amounts in the capital characters of a document that somebody has to pay by (大写)."""

from decimal import Decimal

from jingkai.core import units

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")  # of four digits
_GROUP = 10_000


def in_capitals(wan: Decimal) -> str:
    """Return an amount in 万元 as 人民币……元整, to the 分."""
    yuan, rest = divmod(units.fen_from_wan(wan), 100)
    jiao, fen = divmod(rest, 10)
    whole = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"人民币{whole}整"
    tenths = f"{_DIGITS[jiao]}角" if jiao else "零" * bool(yuan)
    hundredths = f"{_DIGITS[fen]}分" if fen else ""
    return f"人民币{whole}{tenths}{hundredths}"


def _whole(number: int) -> str:
    """Return a whole number, its groups of four digits from the highest; a gap is one 零."""
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, _GROUP)
        groups.append(group)
    text, has_gap = "", False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if group == 0:
            has_gap = True
            continue
        is_short = group < _GROUP // 10
        text += "零" * bool(text and (has_gap or is_short)) + _of_group(group) + _GROUPS[place]
        has_gap = False
    return text


def _of_group(group: int) -> str:
    text, has_gap = "", False
    for place in reversed(range(len(_PLACES))):
        digit = group // 10**place % 10
        if digit == 0:
            has_gap = bool(text)
            continue
        text += "零" * has_gap + _DIGITS[digit] + _PLACES[place]
        has_gap = False
    return text
