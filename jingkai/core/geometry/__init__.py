"""Shapes on the ground: their form, systems, faults, overlaps, tiles and files. No Django."""

from .shapes import Kind, NotAShape, Reason, Shape

__all__ = ["Kind", "NotAShape", "Reason", "Shape"]
