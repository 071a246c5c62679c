"""
公平竞争审查 of what an agreement promises: 《公平竞争审查条例》 (国令第783号) article 10.

Warns where a clause reads like a refund of tax, a selective reward or cheap factors for one firm.
It reads words, not law: a person judges, and only a law, an administrative regulation or the State
Council's approval makes such a promise lawful.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jingkai.core import versions


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that read like a forbidden promise, the article and its wording."""

    words: re.Pattern[str]
    article: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """What is forbidden from a day until, not including, another."""

    effective_from: date
    effective_to: date | None = None
    basis: str
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A quote of the text, from ``start`` until ``end``, and what it seems to offend."""

    quote: str
    start: int
    end: int
    article: str
    reason: str


def findings(text: str, *, on: date) -> tuple[Finding, ...]:
    """
    Return what in the text reads like a forbidden promise by the rules of the day, in its order.

    None before the first rule set was in force. A clause that excludes such a promise, such as
    不得返还税收, is no finding.
    """
    try:
        rules = versions.in_force(RULE_SETS, on=on)
    except versions.NoneInForce:
        return ()
    found = sorted(_all(text, rules), key=lambda finding: (finding.start, -finding.end))
    return tuple(_apart(found))


def _all(text: str, rules: RuleSet) -> Iterator[Finding]:
    for pattern in rules.patterns:
        for match in pattern.words.finditer(text):
            if not _is_excluded(text, match):
                yield Finding(
                    quote=match.group(),
                    start=match.start(),
                    end=match.end(),
                    article=pattern.article,
                    reason=pattern.reason,
                )


def _apart(found: list[Finding]) -> Iterator[Finding]:
    """Yield the findings that do not overlap an earlier one: one promise, one warning."""
    reach = 0
    for finding in found:
        if finding.start >= reach:
            yield finding
            reach = finding.end


def _is_excluded(text: str, match: re.Match[str]) -> bool:
    before = _BREAK.split(text[: match.start()])[-1]
    after = _BREAK.split(text[match.end() :])[0]
    return bool(_DENIED.search(before) or _DENIED.search(match.group()) or _VOID.search(after))


# A denial reaches to the next comma, or to a word that starts another thought.
_BREAK = re.compile(r"[，。；：！？,;!?\n]|并(?!不)|但|而是|且(?!不)|由甲方")
# 不得拖延返还税收 is a promise: what is denied there is the delay.
_DENIED = re.compile(
    "(?:不得|不予|不再|不会|不能|不应|不可|不宜|不承诺|不给予|不提供|不享受|不涉及|不存在|不包括|不含"
    "|不$|不(?=返还|退还|奖励|减免|免收|补贴)|未承诺|未约定|没有|严禁|禁止|杜绝|避免|防止|停止|取消|无权)"
    "(?!拖延|延迟|迟延|推迟|延误|拖欠|克扣|拒绝|拒不|少于|低于|无故|以任何理由)"
)
_VOID = re.compile(
    "(?:条款|约定|承诺|政策|内容|的)?(?:一律|均|自始)?(?:无效|不再执行|停止执行|予以废止|已取消)"
)

_TAX = (
    "(?:税收|税款|税金|税费|纳税|增值税|企业所得税|个人所得税|所得税|土地使用税|房产税|契税|印花税"
    "|地方留成|区级留成|地方财力|地方贡献|财政贡献)"
)
_RETURN = "(?:返还|退还|退回|返税|先征后返|先征后退|奖返|减免|免征|减征|免缴)"
_REWARD = "(?:奖励|扶持|补贴|补助|奖补)"
_FIRM = "(?:乙方|丙方|该公司|该企业|该项目|项目公司|本项目|投资方|投资人|目标公司)"
_NEAR = r"[^，。；,;\n]{0,30}?"

_LEAD = "政策措施没有法律、行政法规依据或者未经国务院批准，不得含有："
_TAX_BREAK = _LEAD + "给予特定经营者税收优惠"
_SELECTIVE = _LEAD + "给予特定经营者选择性、差异化的财政奖励或者补贴"
_FACTORS = _LEAD + "给予特定经营者要素获取、行政事业性收费、政府性基金、社会保险费等方面的优惠"


def _patterns(article: str, reason: str, *texts: str) -> tuple[Pattern, ...]:
    return tuple(Pattern(re.compile(text), article, reason) for text in texts)


RULE_SETS = (
    RuleSet(
        effective_from=date(2024, 8, 1),
        basis="《公平竞争审查条例》（国令第783号）",
        patterns=(
            *_patterns(
                "第十条第一项",
                _TAX_BREAK,
                f"{_TAX}{_NEAR}{_RETURN}",
                f"{_RETURN}{_NEAR}{_TAX}",
            ),
            *_patterns(
                "第十条第二项",
                _SELECTIVE,
                f"{_TAX}{_NEAR}{_REWARD}",
                f"(?:给予|对|向){_NEAR}{_FIRM}{_NEAR}{_REWARD}",
                f"(?:一事一议|一企一策){_NEAR}(?:{_REWARD}|优惠)",
            ),
            *_patterns(
                "第十条第三项",
                _FACTORS,
                "零地价",
                f"(?:土地出让金|土地出让价款|土地款){_NEAR}(?:{_RETURN}|{_REWARD})",
                f"(?:{_RETURN}|{_REWARD}){_NEAR}(?:土地出让金|土地出让价款|土地款)",
                f"低于{_NEAR}(?:基准地价|底价|成本价|最低价标准|市场价){_NEAR}(?:供地|出让|供应)",
                f"(?:减免|免收|免缴|减征){_NEAR}"
                "(?:行政事业性收费|政府性基金|社会保险费|基础设施配套费)",
            ),
        ),
    ),
)
