"""The documents of the procedure, drafted from the records: what is not on record says so."""

from .drafting import Draft, draft, names_of, neutral
from .gathering import NAMES, gather
from .wording import WORDINGS

__all__ = ["NAMES", "WORDINGS", "Draft", "draft", "gather", "names_of", "neutral"]
