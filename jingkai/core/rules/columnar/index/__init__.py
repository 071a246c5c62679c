"""The predicate index over numpy: the cost is one of attributes, not of conditions."""
