"""The engine over numpy: a plan compiled once, then chunk after chunk."""

from ..chunks import Chunk
from ..results import Outcome
from . import amounts as numpy_amounts
from . import predicates as numpy_index
from .compiling import Index, compiled

__all__ = ["Index", "compiled", "match"]


def match(index: Index, chunk: Chunk) -> Outcome:
    """Return what all policies say to the enterprises of a chunk, and what these receive."""
    planes = numpy_index.match(index, chunk)
    pairs = numpy_amounts.pairs(chunk, planes.eligible, index.policies)
    return Outcome(chunk=chunk, planes=planes, pairs=pairs)
