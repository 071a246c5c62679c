"""What tiles are made of, and what a process remembers of it."""

from .kept import Kept

__all__ = ["Kept"]
