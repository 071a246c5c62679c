"""Model -> XML of DMN 1.5."""

from .models import definitions, write

__all__ = ["definitions", "write"]
