"""The part that must be right: pure functions over frozen records; no Django, no clock."""
