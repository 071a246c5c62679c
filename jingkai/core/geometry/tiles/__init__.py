"""Vector tiles of a map layer."""

from .encoding import BUFFER, COUNT, EXTENT, encode, touches
from .prepared import Column, Prepared

__all__ = ["BUFFER", "COUNT", "EXTENT", "Column", "Prepared", "encode", "touches"]
