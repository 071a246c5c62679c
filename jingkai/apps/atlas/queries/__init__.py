"""Reads of the map."""

from .catalogue import Seen, layers, readable, register_of, seen, seen_by_guest
from .counts import Class, classes, scheme
from .drawn import MOST_ZOOM, OF_LIST, extent, tile
from .geojson import features
from .publications import Opened, open_publication, opened, publication, publishable
from .records import MOST_FOUND, Spot, facts, first_facts, listed, spot, spots
from .selections import MOST_LISTED, Found, NotDrawn, figure, found, touched
from .sheets import Outlines, outlines
from .versions import version

__all__ = [
    "MOST_FOUND",
    "MOST_LISTED",
    "MOST_ZOOM",
    "OF_LIST",
    "Class",
    "Found",
    "NotDrawn",
    "Opened",
    "Outlines",
    "Seen",
    "Spot",
    "classes",
    "extent",
    "facts",
    "features",
    "figure",
    "first_facts",
    "found",
    "layers",
    "listed",
    "open_publication",
    "opened",
    "outlines",
    "publication",
    "publishable",
    "readable",
    "register_of",
    "scheme",
    "seen",
    "seen_by_guest",
    "spot",
    "spots",
    "tile",
    "touched",
    "version",
]
