"""
GDAL, limited to what this package reads and writes before it is loaded.

A file is known by its content, so GDAL never guesses; and formats that point at other files or
addresses (VRT, WFS and more) are not there even if it did.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

KEPT = frozenset({"ESRI Shapefile", "GPKG", "DXF", "MEM"})
_SKIPPED = (
    "PCIDSK,PDS4,VICAR,PDF,MBTiles,EEDA,OGCAPI,GDALG,MapInfo File,LVBAG,S57,DGN,OGR_VRT,CSV,GML,"
    "GPX,KML,LIBKML,GeoJSON,GeoJSONSeq,ESRIJSON,TopoJSON,OGR_GMT,SQLite,WAsP,OpenFileGDB,FlatGeobuf,"
    "GeoRSS,VFK,PGDUMP,OSM,GPSBabel,OGR_PDS,WFS,OAPIF,EDIGEO,Idrisi,ODS,XLSX,Elasticsearch,Carto,"
    "AmigoCloud,SXF,Selafin,JML,PLSCENES,CSW,VDV,MVT,NGW,MapML,GTFS,PMTiles,JSONFG,"
    "MiraMonVector,ADBC,AVCBin,AVCE00,AIVector,HTTP"
)
os.environ["OGR_SKIP"] = _SKIPPED
os.environ["CPL_VSIL_CURL_ALLOWED_EXTENSIONS"] = "{none}"

import pyogrio  # noqa: E402 -- GDAL reads the names to skip while it is loaded
from pyogrio import raw as raw  # noqa: E402, PLC0414 -- offered on
from pyogrio.errors import DataLayerError, DataSourceError  # noqa: E402

BATCH = 5_000
NotRead = (DataSourceError, DataLayerError, UnicodeError)

pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES", "GDAL_NUM_THREADS": "1"})


def layer_names(path: Path) -> list[str]:
    """
    Return the layers of a file.

    :raises NotRead: if GDAL can't open it
    """
    return [str(name) for name, _kind in pyogrio.list_layers(path).tolist()]


def info(path: Path, layer: str) -> dict[str, Any]:
    """
    Return what is known of a layer before it is read.

    :raises NotRead: if GDAL can't open it
    """
    found: dict[str, Any] = pyogrio.read_info(path, layer=layer, force_feature_count=True)
    return found


def batches(path: Path, layer: str) -> Iterator[Any]:
    """Return the shapes of a layer without its columns, some thousand at a time."""
    begin = 0
    while True:
        _meta, _fids, shapes, _values = raw.read(
            path, layer=layer, columns=[], skip_features=begin, max_features=BATCH
        )
        if len(shapes):
            yield shapes
        if len(shapes) < BATCH:
            return
        begin += BATCH


def whole(
    path: Path, layer: str, columns: list[str], *, encoding: str
) -> tuple[Any, dict[str, list[Any]]]:
    """Return all shapes of a drawing's layer, and of each column the values."""
    pyogrio.set_gdal_config_options({"DXF_ENCODING": encoding or None})
    meta, _fids, shapes, values = raw.read(path, layer=layer, columns=columns)
    names = [str(each) for each in meta["fields"]]
    return shapes, dict(zip(names, (plain(each) for each in values), strict=True))


def plain(column: Any) -> list[Any]:
    """Return a column as plain values, None where there is none."""
    if np.issubdtype(column.dtype, np.datetime64):
        return [None if np.isnat(each) else each.item() for each in column]
    return [None if each is None or each != each else each for each in column.tolist()]  # noqa: PLR0124 -- not a number
