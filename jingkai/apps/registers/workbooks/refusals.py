"""The sentence for each reason why a file is not read: what it is, and what to do."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from ..sandbox.refusals import Reason, Refusal


class Unreadable(ValueError):
    """The file is no workbook that can be read; the message says why and what to do."""


_SENTENCES: dict[Reason, Callable[[], str]] = {
    Reason.TYPE: lambda: _(
        "不是 Excel、CSV 或空间数据文件（GeoJSON、GeoPackage、Shapefile 压缩包、KML、DXF），"
        "请另存为其中一种后重试"
    ),
    Reason.DAMAGED: lambda: _("工作簿已损坏，无法读取；请用 Excel 或 WPS 打开后另存为 .xlsx"),
    Reason.PASSWORD: lambda: _("工作簿有密码，请取消密码后重新上传"),
    Reason.UNPACKED: lambda: _("工作簿解压后过大，请拆分后导入"),
    Reason.RATIO: lambda: _("工作簿的压缩比异常，已拒绝"),
    Reason.MEMBER: lambda: _("工作簿内有不正常的文件“%(name)s”，已拒绝；请另存为 .xlsx 后重试"),
    Reason.DOCTYPE: lambda: _("工作簿内含有文档类型定义，已拒绝；请另存为 .xlsx 后重试"),
    Reason.CELLS: lambda: _("工作簿的单元格过多，请清除多余的行列或拆分后导入"),
    Reason.FAR: lambda: _("单元格 %(cell)s 太远，请清除多余的行列"),
    Reason.MERGE: lambda: _("合并单元格 %(area)s 过大或过多，请取消合并"),
    Reason.LONG: lambda: _("单元格 %(cell)s 的文字过长，请缩短后重试"),
    Reason.ENCODING: lambda: _("CSV 的编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8"),
    Reason.QUOTES: lambda: _(
        "CSV 第 %(row)s 行起引号不成对，分不清单元格的起止；请用 Excel 核对后另存为 .xlsx"
    ),
    Reason.EXHAUSTED: lambda: _("读取这个工作簿需要的内存或时间过多，请清除多余内容或拆分后导入"),
    Reason.BROKEN_MAP: lambda: _("空间数据文件已损坏，无法读取；请从原软件重新导出"),
    Reason.ALONE: lambda: _(
        "Shapefile 由多个文件组成，请把同名的 .shp、.dbf、.shx、.prj 压缩成一个 zip"
    ),
    Reason.DRAWING: lambda: _("不能读取 DWG 或二进制 DXF，请在 CAD 中另存为文本格式的 DXF"),
    Reason.NO_SHAPES: lambda: _("文件中没有带图形的图层"),
}


def unreadable(refusal: Refusal) -> Unreadable:
    """Return the exception whose message a person understands."""
    facts: dict[str, Any] = {"cell": "", "area": "", "name": "", "row": ""} | refusal.facts
    return Unreadable(_SENTENCES[refusal.reason]() % facts)
