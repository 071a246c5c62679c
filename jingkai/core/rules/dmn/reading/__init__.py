"""XML -> model: DMN 1.1 to 1.6, read safely, with the place of every fault."""

from .models import read, read_together

__all__ = ["read", "read_together"]
