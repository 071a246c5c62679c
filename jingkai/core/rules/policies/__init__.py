"""Policies over FEEL: three-valued conditions, verdicts, near misses, amounts, explanations."""
