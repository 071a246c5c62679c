"""
XML as plain trees: read safely, with the line of every element, and put back into text.

Nothing outside the bytes is ever opened: a document type is refused before it may declare an
entity, and size, depth and number of elements are bounded.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from xml.parsers import expat

from . import namespaces

LARGEST_BYTES = 20_000_000
DEEPEST = 120
MOST_ELEMENTS = 400_000

_CHINESE = re.compile(
    rb"""<\?xml[^>]*encoding\s*=\s*["'](gb[a-z0-9-]+|hz|big5)["']""", re.IGNORECASE
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a model, where, and what to do about it."""

    line: int
    element: str
    sentence: str

    def __str__(self) -> str:
        """Return the place and the sentence, as one line."""
        place = f"第 {self.line} 行 " if self.line else ""
        return f"{place}{self.element}：{self.sentence}"


class DmnError(Exception):
    """A file or a model cannot be used at all; ``fault`` says where and why."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault; its text is the message."""
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Element:
    """An element in Clark notation; texts and elements stand among its children in order."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Element | str", ...] = ()
    line: int = field(default=0, compare=False, repr=False)

    @property
    def name(self) -> str:
        """The name without its namespace."""
        return self.tag.rpartition("}")[2]

    @property
    def text(self) -> str:
        """The text directly inside."""
        return "".join(child for child in self.children if isinstance(child, str))

    @property
    def elements(self) -> tuple["Element", ...]:
        """The elements directly inside."""
        return tuple(child for child in self.children if not isinstance(child, str))

    def get(self, name: str) -> str:
        """Return the value of an attribute, empty when it is absent."""
        return next((value for key, value in self.attributes if key == name), "")

    def all(self, *names: str) -> tuple["Element", ...]:
        """Return the elements of DMN directly inside that have one of the names."""
        tags = _tags(names)
        return tuple(each for each in self.elements if each.tag in tags)

    def first(self, *names: str) -> "Element | None":
        """Return the first element of DMN directly inside that has one of the names."""
        tags = _tags(names)
        for each in self.children:
            if not isinstance(each, str) and each.tag in tags:
                return each
        return None


@cache
def _tags(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(namespaces.MODEL_TAG + name for name in names)


@dataclass(frozen=True, slots=True)
class Document:
    """The root element, the version of DMN it was written in, and the prefixes it declares."""

    root: Element
    version: str
    prefixes: tuple[tuple[str, str], ...]


def parse(xml: bytes) -> Document:
    """
    Return the tree of a DMN file, its namespaces raised to those of DMN 1.5.

    :raises DmnError: where it is no XML, too large or too deep, or holds a document type
    """
    builder = _built(xml)
    root = builder.root()
    version = namespaces.VERSIONS.get(builder.found, "")
    if root.tag != namespaces.MODEL_TAG + "definitions" or not version:
        raise DmnError(
            Fault(root.line, root.name, "不是 DMN 模型：根元素应是 DMN 1.1～1.6 的 definitions。")
        )
    return Document(root, version, builder.prefixes())


def tree(xml: bytes) -> Element:
    """
    Return the root of any XML file, read as safely as a model.

    :raises DmnError: where it is no XML, too large or too deep, or holds a document type
    """
    return _built(xml).root()


def _built(xml: bytes) -> "_Builder":
    if len(xml) > LARGEST_BYTES:
        largest = LARGEST_BYTES // 1_000_000
        raise DmnError(Fault(0, "文件", f"超过 {largest} MB，请拆成几个模型后用 import 引用。"))
    builder = _Builder()
    try:
        builder.feed(xml)
    except expat.ExpatError as error:
        raise DmnError(
            Fault(error.lineno, "XML", f"不是完整的 XML（{error}）；请在导出它的工具中重新导出。")
        ) from None
    except (ValueError, LookupError):  # what expat makes of an encoding that it does not know
        raise DmnError(Fault(1, "XML", "文件的编码无法识别，请另存为 UTF-8 后再试。")) from None
    return builder


class _Builder:
    """Collects what expat reports; an open element is [tag, attributes, children, line]."""

    def __init__(self) -> None:
        self.found = ""
        self._uris: dict[str, None] = {}
        self._prefixes: dict[str, str] = {}
        self._open: list[tuple[str, tuple[tuple[str, str], ...], list[Element | str], int]] = []
        self._done: Element | None = None
        self._count = 0
        self._parser = expat.ParserCreate(namespace_separator="}")

    def feed(self, xml: bytes) -> None:
        chinese = _CHINESE.match(xml[:200])
        if chinese:
            # expat knows no encodings of several bytes but UTF-8 and UTF-16.
            xml = _recoded(xml, chinese[1].decode())
            self._parser = expat.ParserCreate("UTF-8", "}")
        self._parser.buffer_text = True
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartNamespaceDeclHandler = self._declare
        self._parser.Parse(xml, True)

    def root(self) -> Element:
        if self._done is None:
            raise DmnError(Fault(0, "XML", "文件是空的，请重新选择文件。"))
        return self._done

    def prefixes(self) -> tuple[tuple[str, str], ...]:
        """Return a prefix for every namespace that the file declares, DMN's own apart."""
        found = dict(self._prefixes)
        number = 0
        for uri in self._uris:
            if uri not in found.values():
                number += 1
                while f"ns{number}" in found:
                    number += 1
                found[f"ns{number}"] = uri
        return tuple(found.items())

    def _start(self, tag: str, attributes: list[str]) -> None:
        self._count += 1
        line = self._parser.CurrentLineNumber
        if len(self._open) >= DEEPEST:
            raise DmnError(Fault(line, _local(tag), f"嵌套超过 {DEEPEST} 层，请拆成几个决策。"))
        if self._count > MOST_ELEMENTS:
            raise DmnError(
                Fault(line, _local(tag), f"超过 {MOST_ELEMENTS} 个元素，请拆成几个模型。")
            )
        if not self._open:
            self.found = tag.rpartition("}")[0]
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        named = tuple((_clark(name), value) for name, value in pairs)
        self._open.append((_clark(tag), named, [], line))

    def _end(self, _tag: str) -> None:
        tag, attributes, children, line = self._open.pop()
        if any(isinstance(child, Element) for child in children):
            children = [c for c in children if isinstance(c, Element) or c.strip()]
        element = Element(tag, attributes, tuple(children), line)
        if self._open:
            self._open[-1][2].append(element)
        else:
            self._done = element

    def _text(self, text: str) -> None:
        children = self._open[-1][2]
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        uri = namespaces.raised(uri or "")
        if uri and uri != namespaces.MODEL:
            self._uris[uri] = None
            if prefix and prefix not in {"dmn", "xml"}:
                self._prefixes.setdefault(prefix, uri)

    def _refuse(self, *_declaration: object) -> None:
        raise DmnError(
            Fault(
                self._parser.CurrentLineNumber,
                "DOCTYPE",
                "模型不得含文档类型声明（其中可藏实体和外部引用），请删去该行后再试。",
            )
        )


def _recoded(xml: bytes, encoding: str) -> bytes:
    try:
        return xml.decode(encoding).encode()
    except (LookupError, UnicodeError):
        raise DmnError(
            Fault(1, "XML", f"文件并非其声明的 {encoding} 编码，请另存为 UTF-8 后再试。")
        ) from None


def _clark(name: str) -> str:
    uri, separator, local = name.rpartition("}")
    return f"{{{namespaces.raised(uri)}}}{local}" if separator else name


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def serialize(root: Element, prefixes: tuple[tuple[str, str], ...]) -> bytes:
    """
    Return the tree as XML in UTF-8; elements of DMN need no prefix.

    :raises DmnError: where a text holds a character that XML cannot hold
    """
    return _Serializer(prefixes).document(root)


class _Serializer:
    def __init__(self, prefixes: tuple[tuple[str, str], ...]) -> None:
        self._prefixes = {"http://www.w3.org/XML/1998/namespace": "xml"}
        self._declared: dict[str, str] = {}
        self._model = ""
        for prefix, uri in prefixes:
            self._declare(prefix, uri)

    def document(self, root: Element) -> bytes:
        if _has_bare_names(root):
            self._model = "dmn:"
        lines: list[str] = []
        for child in root.elements:
            lines.extend(self._lines(child, "  "))
        declared = [f'xmlns{":dmn" if self._model else ""}="{namespaces.MODEL}"']
        opening = self._opening(root)
        declared += [f'xmlns:{p}="{_quoted(uri)}"' for p, uri in self._declared.items()]
        head = " ".join([opening, *declared])
        body = "".join(f"{line}\n" for line in lines)
        closing = self._tag(root.tag)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<{head}>\n{body}</{closing}>\n'.encode()

    def _lines(self, element: Element, indent: str) -> list[str]:
        opening = self._opening(element)
        if not element.children:
            return [f"{indent}<{opening}/>"]
        closing = f"</{self._tag(element.tag)}>"
        if any(isinstance(child, str) for child in element.children):
            return [f"{indent}<{opening}>{self._mixed(element)}{closing}"]
        inside = [line for c in element.elements for line in self._lines(c, indent + "  ")]
        return [f"{indent}<{opening}>", *inside, f"{indent}{closing}"]

    def _mixed(self, element: Element) -> str:
        return "".join(
            _escaped(child) if isinstance(child, str) else "".join(self._flat(child))
            for child in element.children
        )

    def _flat(self, element: Element) -> str:
        tag = self._tag(element.tag)
        return f"<{self._opening(element)}>{self._mixed(element)}</{tag}>"

    def _opening(self, element: Element) -> str:
        pairs = [f'{self._attribute(name)}="{_quoted(v)}"' for name, v in element.attributes]
        return " ".join([self._tag(element.tag), *pairs])

    def _tag(self, tag: str) -> str:
        uri, _, local = tag.lstrip("{").rpartition("}")
        if uri == namespaces.MODEL:
            return self._model + local
        return f"{self._prefix(uri)}:{local}" if uri else local

    def _attribute(self, name: str) -> str:
        if not name.startswith("{"):
            return name
        uri, _, local = name[1:].rpartition("}")
        return f"{self._prefix(uri)}:{local}"

    def _prefix(self, uri: str) -> str:
        if uri not in self._prefixes:
            number = 1
            while f"ns{number}" in self._declared:
                number += 1
            self._declare(f"ns{number}", uri)
        return self._prefixes[uri]

    def _declare(self, prefix: str, uri: str) -> None:
        self._declared.setdefault(prefix, uri)
        self._prefixes.setdefault(uri, prefix)


def _has_bare_names(element: Element) -> bool:
    """Whether an element has no namespace: then DMN's own may not be the default one."""
    waiting = [element]
    while waiting:
        found = waiting.pop()
        if not found.tag.startswith("{"):
            return True
        waiting.extend(found.elements)
    return False


def _escaped(text: str) -> str:
    illegal = _ILLEGAL.search(text)
    if illegal:
        raise DmnError(
            Fault(0, "XML", f"文字中有 XML 不能保存的字符 U+{ord(illegal[0]):04X}，请删去。")
        )
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def _quoted(text: str) -> str:
    text = _escaped(text).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")
