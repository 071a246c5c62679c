"""Policies as plans over columns: exact, engine-neutral, or refused with the place."""
