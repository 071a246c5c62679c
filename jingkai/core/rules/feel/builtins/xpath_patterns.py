r"""
Regular expressions of XPath (Functions and Operators 3.1, 5.6.1) as those of ``regex``.

The dialects differ in what ``^``, ``$`` and ``.`` mean, in ``\i`` and ``\c``, in the classes
(``[a-z-[aeiou]]``), and in what is an error; everything is written anew, nothing handed through.
"""

import regex

from ..problems import NoValue

MOST_REPEATED = 10_000  # characters and classes, each as often as {n,m} repeats it
_FLAGS = "smixq"
_WHITESPACE = " \t\n\r"
_CATEGORY = regex.compile("L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")
_NAME_START = r"\p{L}\p{Nl}:_"
# Each with what it is inside a class: of the letter, and of its capital, which is the opposite.
_CLASSES = {
    "s": r" \t\n\r",
    "d": r"\p{Nd}",
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "i": _NAME_START,
    "c": _NAME_START + r"\p{M}\p{Nd}\p{Lm}.\-\u00b7",
}
_CONTROLS = {"n": r"\n", "r": r"\r", "t": r"\t"}
_PLAIN = frozenset("\\|.-^?*+{}()[]$")
_QUANTITY = regex.compile(r"[?*+]|\{([0-9]+)(,([0-9]+)?)?\}")
_REPLACEMENT = regex.compile(r"\\([\\$])|\$([0-9]+)|([^\\$]+)|(.)", regex.DOTALL)


def translated(pattern: str, flags: str) -> str:
    """
    Return the pattern as one of ``regex``, its flags included.

    :raises NoValue: if it is none of XPath
    """
    unknown = [flag for flag in flags if flag not in _FLAGS]
    if unknown:
        raise NoValue(f"正则表达式的选项只能是 {'、'.join(_FLAGS)}，给的是“{flags}”。")
    prefix = "(?V1i)" if "i" in flags else "(?V1)"
    if "q" in flags:
        return prefix + "".join(map(_literal, pattern))
    return prefix + _Translation(_without_space(pattern) if "x" in flags else pattern, flags).all()


def replacement(template: str, groups: int, flags: str) -> list[str | int]:
    r"""
    Return the parts of a replacement: texts, and the numbers of groups.

    :raises NoValue: if it has a lone ``$`` or ``\``
    """
    if "q" in flags:
        return [template]
    parts: list[str | int] = []
    for found in _REPLACEMENT.finditer(template):
        escaped, digits, text, wrong = found.groups()
        if wrong:
            raise NoValue("替换文本中的 $ 须写作 \\$，\\ 须写作 \\\\，$1 指第一个括号。")
        parts += _group(digits, groups) if digits else [escaped or text]
    return parts


def _group(digits: str, groups: int) -> list[str | int]:
    """Return the group that the digits name, and those digits that are text behind it."""
    length = len(digits)
    while length > 1 and int(digits[:length]) > groups:
        length -= 1
    number = int(digits[:length])
    return [number if number <= groups else "", digits[length:]]


def _literal(character: str) -> str:
    return character if character.isalnum() else regex.escape(character, special_only=False)


def _without_space(pattern: str) -> str:
    kept: list[str] = []
    depth, is_escaped = 0, False
    for character in pattern:
        if character in _WHITESPACE and not depth:
            continue
        if not is_escaped:
            depth += (character == "[") - (character == "]")
        is_escaped = character == "\\" and not is_escaped
        kept.append(character)
    return "".join(kept)


class _Translation:
    """A walk through a pattern, from the left."""

    def __init__(self, pattern: str, flags: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._open: list[int] = []  # the groups around this place; 0 for one that captures none
        self._sizes = [0]  # of what is inside each of them, repeats counted
        self._groups = 0
        is_multiline = "m" in flags
        self._anchors = {
            "^": r"(?:\A|(?<=\n)(?!\Z))" if is_multiline else r"\A",
            "$": r"(?=\n|\Z)" if is_multiline else r"\Z",
        }
        self._any = r"[\s\S]" if "s" in flags else r"[^\n\r]"

    def all(self) -> str:
        """Return the whole pattern, written anew."""
        parts: list[str] = []
        while self._at < len(self._pattern):
            parts.append(self._next())
        if self._open:
            raise self._wrong("有括号没有闭合")
        return "".join(parts)

    def _next(self) -> str:
        character = self._take()
        if character == "|":
            return "|"
        if character == "(":
            return self._opened()
        if character in self._anchors:
            return self._quantified(self._anchors[character])
        if character == ")":
            if not self._open:
                raise self._wrong("多了一个右括号")
            self._open.pop()
            return self._quantified(")", size=self._sizes.pop())
        return self._quantified(self._atom(character))

    def _atom(self, character: str) -> str:
        if character == ".":
            return self._any
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape(is_inside=False)
        if character in "?*+{}]":
            raise self._wrong(f"{character} 的前面没有可以重复的内容，作为文字请写 \\{character}")
        return _literal(character)

    def _opened(self) -> str:
        self._sizes.append(0)
        if self._pattern.startswith("?:", self._at):
            self._at += 2
            self._open.append(0)
            return "(?:"
        self._groups += 1
        self._open.append(self._groups)
        return "("

    def _quantified(self, atom: str, *, size: int = 1) -> str:
        found = _QUANTITY.match(self._pattern, self._at)
        if found is None:
            self._grow(size)
            return atom
        least, most = (int((number or "1")[:9]) for number in found.group(1, 3))
        if found.group(3) and least > most:
            raise self._wrong("重复次数的下限大于上限")
        self._grow(size * max(least, most))
        self._at = found.end()
        is_lazy = self._pattern.startswith("?", self._at)
        self._at += is_lazy
        return atom + str(found.group()) + ("?" if is_lazy else "")

    def _grow(self, size: int) -> None:
        """Count what the engine would write out for ``(a{100}){100}`` before it does."""
        self._sizes[-1] += size
        if self._sizes[-1] > MOST_REPEATED:
            raise self._wrong(f"重复展开后超过 {MOST_REPEATED:,} 个字符")

    def _escape(self, *, is_inside: bool) -> str:
        """Return an escape as it stands outside a class or, without brackets, inside one."""
        character = self._take()
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character in _PLAIN:
            return "\\" + character
        if character in "pP":
            return self._property(character)
        members = _CLASSES.get(character.lower())
        if members is not None:
            return f"[{'' if character.islower() else '^'}{members}]"
        if character in "123456789" and not is_inside:
            return self._reference(character)
        raise self._wrong(f"不认识 \\{character}")

    def _property(self, letter: str) -> str:
        end = self._pattern.find("}", self._at)
        name = self._pattern[self._at + 1 : end]
        if not self._pattern.startswith("{", self._at) or end < 0:
            raise self._wrong(f"\\{letter} 的后面应当是 {{类别}}")
        self._at = end + 1
        if _CATEGORY.fullmatch(name):
            return f"\\{letter}{{{name}}}"
        if regex.fullmatch(r"Is[A-Za-z0-9-]+", name):
            return f"\\{letter}{{Block={name[2:]}}}"
        raise self._wrong(f"不认识字符类别 {name}")

    def _reference(self, digit: str) -> str:
        number = int(digit)
        following = self._pattern[self._at : self._at + 1]
        if following in set("0123456789") and number * 10 + int(following) <= self._groups:
            number = number * 10 + int(following)
            self._at += 1
        if number > self._groups or number in self._open:
            raise self._wrong(f"\\{number} 引用的括号还没有闭合或不存在")
        # A group that matched nothing stands for the empty string, not for a failure.
        return f"(?({number})\\g<{number}>)"

    def _class(self) -> str:
        is_negated = self._pattern.startswith("^", self._at)
        self._at += is_negated
        members: list[str] = []
        subtracted = ""
        while not subtracted and (character := self._take()) != "]":
            if character == "-" and self._pattern.startswith("[", self._at):
                self._at += 1
                subtracted = self._class()
                if self._take() != "]":
                    raise self._wrong("-[…] 只能写在字符组的末尾")
            else:
                members.append(self._member(character))
        if not members:
            raise self._wrong("字符组 [] 是空的")
        plain = f"[{'^' if is_negated else ''}{''.join(members)}]"
        return f"[{plain}--{subtracted}]" if subtracted else plain

    def _member(self, character: str) -> str:
        first = self._one(character)
        rest = self._pattern[self._at : self._at + 2]
        is_range = len(rest) == 2 and rest[0] == "-" and rest[1] not in "[]"
        if not is_range or first.startswith(("[", r"\p", r"\P")):
            return first
        self._at += 1
        return f"{first}-{self._one(self._take())}"

    def _one(self, character: str) -> str:
        if character == "[":
            raise self._wrong("字符组中的 [ 须写作 \\[")
        return self._escape(is_inside=True) if character == "\\" else _literal(character)

    def _take(self) -> str:
        if self._at >= len(self._pattern):
            raise self._wrong("没有写完")
        self._at += 1
        return self._pattern[self._at - 1]

    def _wrong(self, message: str) -> NoValue:
        return NoValue(f"正则表达式 {self._pattern} 的第 {self._at} 个字符处：{message}。")
