"""统一社会信用代码 (GB 32100-2015), the key of a firm's name, and the masks of personal data."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: without I, O, S, V, Z
LENGTH = 18
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714


class Problem(StrEnum):
    """What makes a text no credit code."""

    LENGTH = "length"
    ALPHABET = "alphabet"
    CHECK = "check"


class NotACreditCode(ValueError):
    """The text is no credit code; ``problem`` and ``expected`` say why, the message in Chinese."""

    def __init__(self, problem: Problem, message: str, expected: str | None = None) -> None:
        """Keep what is wrong and, of a wrong check character, the right one."""
        super().__init__(message)
        self.problem = problem
        self.expected = expected


@dataclass(frozen=True, slots=True)
class CreditCode:
    """
    A credit code whose check character is right. Its text is the code.

    ``organisation_agrees`` is False when the organisation code within has another check character
    than GB 11714 gives: a warning only, since genuine codes of that kind exist.
    """

    text: str
    organisation_agrees: bool

    def __str__(self) -> str:
        """Return the code itself."""
        return self.text

    @property
    def authority(self) -> str:
        """Return the digit of the registering authority: 9 is market regulation."""
        return self.text[0]

    @property
    def region(self) -> str:
        """Return the region at registration; it may be obsolete, so never validate it."""
        return self.text[2:8]

    @property
    def organisation(self) -> str:
        """Return the organisation code, nine characters."""
        return self.text[8:17]


def check_credit_code(text: str) -> CreditCode:
    """
    Return the credit code of a text, narrowed and in capitals.

    :raises NotACreditCode: if the length, a character or the check character is wrong
    """
    code = _narrowed(text)
    if len(code) != LENGTH:
        raise NotACreditCode(
            Problem.LENGTH, f"统一社会信用代码应为{LENGTH}位，现为{len(code)}位：{code}"
        )
    expected = _check_character(code[:-1])
    _check_alphabet(code)
    if code[-1] != expected:
        raise NotACreditCode(
            Problem.CHECK,
            f"统一社会信用代码{code}的校验位应为{expected}，现为{code[-1]}，请核对是否录错",
            expected,
        )
    return CreditCode(code, code[16] == _organisation_check(code[8:16]))


def credit_code(body: str) -> str:
    """
    Return the credit code that begins with these 17 characters.

    :raises NotACreditCode: if there are not 17, or one is outside the alphabet
    """
    narrowed = _narrowed(body)
    if len(narrowed) != LENGTH - 1:
        raise NotACreditCode(
            Problem.LENGTH,
            f"统一社会信用代码的前段应为{LENGTH - 1}位，现为{len(narrowed)}位：{narrowed}",
        )
    return narrowed + _check_character(narrowed)


def _check_character(body: str) -> str:
    _check_alphabet(body)
    total = sum(_VALUES[c] * weight for c, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def _check_alphabet(code: str) -> None:
    for place, character in enumerate(code, start=1):
        if character not in _VALUES:
            raise NotACreditCode(
                Problem.ALPHABET,
                f"统一社会信用代码第{place}位不能是“{character}”，"
                "只用数字和大写字母，不用I、O、S、V、Z",
            )


def _organisation_check(body: str) -> str:
    total = sum(
        int(character, 36) * weight
        for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def _narrowed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


_LEGAL_FORM = re.compile("(?:股份有限公司|有限责任公司|有限公司|股份公司|公司)$")
_REGION = re.compile(
    "^(?:(?:北京|天津|上海|重庆)市?"
    "|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾)省?"
    "|(?:内蒙古|广西壮族|广西|西藏|宁夏回族|宁夏|新疆维吾尔|新疆)(?:自治区)?)?"
    "(?:[一-鿿]{2,4}?(?:自治州|市))?"
    "(?:[一-鿿]{2,4}?(?:区|县|旗))?"
)
_LEAST_NAME = 2


def name_key(name: str, *, without_region: bool = False) -> str:
    """
    Return what is left of a firm's name when width, case, spaces, marks and legal form are off.

    Two names with one key are likely one firm: a candidate for a person to judge, never a proof.
    With ``without_region`` a leading province, city and district are off too.
    """
    key = _letters(name)
    while (shorter := _LEGAL_FORM.sub("", key)) and shorter != key:
        key = shorter
    if not without_region:
        return key
    bare = _REGION.sub("", key)
    return bare if len(bare) >= _LEAST_NAME else key


def _letters(name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(character for character in folded if character.isalnum())


HIDDEN = "＊＊＊"
_PHONE = re.compile(r"1\d{10}")
_LAND_LINE = re.compile(r"0\d{2,3}-?\d{7,8}")
_IDENTITY = re.compile(r"\d{17}[\dXx]|\d{15}")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_PHONE_WITHIN = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
_IDENTITY_WITHIN = re.compile(r"(?<!\d)(\d{3})\d{11}(\d{3}[\dXx])(?![\dXx])")


def mask(text: str) -> str:
    """Return 138****5678, 110***********1234, a***@example.cn, 张*, or three stars."""
    if _PHONE.fullmatch(text):
        return f"{text[:3]}****{text[-4:]}"
    if _IDENTITY.fullmatch(text):
        return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"
    if _LAND_LINE.fullmatch(text):
        return f"****{text[-4:]}"
    if text.count("@") == 1 and not text.startswith("@"):
        return f"{text[0]}***@{text.rsplit('@', 1)[1]}"
    if _NAME.fullmatch(text):
        return f"{text[0]}{'*' * (len(text) - 1)}"
    return HIDDEN


def scrub(text: str) -> str:
    """Return the text with the mobile and identity numbers in it masked, for what is logged."""
    masked = _IDENTITY_WITHIN.sub(r"\1***********\2", text)
    return _PHONE_WITHIN.sub(r"\1****\2", masked)
