"""What is wrong with a decision table before anybody computes it: gaps, overlaps, idle rows."""
