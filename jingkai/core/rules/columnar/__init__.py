"""The same verdicts for a million enterprises at once, column by column."""
