"""Spatial files: each layer a sheet, the names of its columns above, its shapes in the last."""

import json
from collections.abc import Iterator
from pathlib import Path

from jingkai.core.geometry import files

from .books import Row, SheetHead
from .cells import MOST_COLUMNS, MOST_ROWS
from .refusals import Reason, Refusal

SHAPES = "图形"  # as every register of the product calls the column
_REASONS = {
    files.Reason.NOT_SPATIAL: Reason.TYPE,
    files.Reason.DAMAGED: Reason.BROKEN_MAP,
    files.Reason.PASSWORD: Reason.PASSWORD,
    files.Reason.UNPACKED: Reason.UNPACKED,
    files.Reason.MEMBER: Reason.MEMBER,
    files.Reason.ALONE: Reason.ALONE,
    files.Reason.DWG: Reason.DRAWING,
    files.Reason.BINARY_DXF: Reason.DRAWING,
    files.Reason.DOCTYPE: Reason.DOCTYPE,
    files.Reason.FIELDS: Reason.CELLS,
    files.Reason.EMPTY: Reason.NO_SHAPES,
}


class SpatialBook:
    """A GeoJSON, GeoPackage, zipped Shapefile, KML or DXF file."""

    def __init__(self, path: Path, name: str, scratch: Path, encoding: str = "") -> None:
        """
        Open the file.

        :param encoding: of its texts, as somebody says who knows
        :raises Refusal: when it is none of these, damaged or beyond a limit
        """
        folder = scratch / "layers"
        folder.mkdir()
        try:
            self._source = files.open_source(path, folder, name, encoding)
        except files.Unreadable as reason:
            raise _refusal(reason) from None
        self.heads = [_head(layer) for layer in self._source.layers]
        self._fields = {layer.name: layer.fields for layer in self._source.layers}

    def rows(self, name: str) -> Iterator[Row]:
        """
        Return the names of the columns and the rows below, a shape as bytes in the last cell.

        :raises Refusal: when the layer is damaged, or too long or wide
        """
        fields = self._fields[name]
        if len(fields) >= MOST_COLUMNS:
            raise Refusal(Reason.CELLS)
        yield 1, [*fields, SHAPES]
        try:
            for number, (values, shape) in enumerate(self._source.rows(name), 2):
                if number > MOST_ROWS:
                    raise Refusal(Reason.CELLS)
                yield number, [*values, shape]
        except files.Unreadable as reason:
            raise _refusal(reason) from None


def is_spatial(start: bytes) -> bool:
    """
    Return whether a file that begins so is a spatial one.

    :raises Refusal: when it is one that can't be read
    """
    try:
        return files.format_of(start) is not None
    except files.Unreadable as reason:
        raise _refusal(reason) from None


def _head(layer: files.Layer) -> SheetHead:
    notes = [(note.remark, note.facts) for note in layer.notes]
    about = {"system": layer.system, "encoding": layer.encoding}
    about["notes"] = json.dumps(notes, ensure_ascii=False)
    return SheetHead(layer.name, last_row=layer.count + 1, about=about)


def _refusal(reason: files.Unreadable) -> Refusal:
    return Refusal(_REASONS[reason.reason], **reason.facts)
