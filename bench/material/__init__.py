"""What the benchmarks share: a database, a fictitious zone, meters, the table that they print."""
