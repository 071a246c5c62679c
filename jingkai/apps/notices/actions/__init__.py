"""What people are told and how they want it."""

from .letters import deliver
from .preferences import choose_ways
from .sending import Unknown, forget, read, read_all, send

__all__ = ["Unknown", "choose_ways", "deliver", "forget", "read", "read_all", "send"]
