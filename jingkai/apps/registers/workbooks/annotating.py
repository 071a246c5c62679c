"""A copy of an uploaded workbook that shows its uploader what is wrong, and where."""

from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from django.utils.translation import gettext as _

from ..sandbox.child import ANNOTATED
from ..sandbox.problems import Problem, Words
from ..sandbox.refusals import Refusal
from .reading import Book, started
from .refusals import unreadable


def annotate(
    file: bytes | Path, file_name: str, problems: Sequence[Problem], encoding: str = ""
) -> bytes:
    """
    Return the workbook as xlsx: wrong cells red with the rule as comment, and a list of them all.

    An xlsx or xlsm of up to some 300,000 cells keeps its formulas, styles and pictures, not its
    macros; of a larger one, and of xls and csv, the values are given.

    :raises Unreadable: when the file can't be read at all
    """
    try:
        return _annotated((file, file_name, encoding), problems, styled=True)
    except Refusal:
        pass  # the copy was too much for the child; the values may not be
    try:
        return _annotated((file, file_name, encoding), problems, styled=False)
    except Refusal as refusal:
        raise unreadable(refusal) from None


def _annotated(
    asked: tuple[bytes | Path, str, str], problems: Sequence[Problem], *, styled: bool
) -> bytes:
    words = Words(
        _("问题清单"),
        [_("工作表"), _("行号"), _("列"), _("填写内容"), _("问题与处理办法")],
        _("导入检查"),
    )
    with started(*asked) as child:
        Book(child)
        child.ask(
            {
                "annotate": [astuple(problem) for problem in problems],
                "words": astuple(words),
                "styled": styled,
            }
        )
        child.answer()
        return (child.scratch / ANNOTATED).read_bytes()
