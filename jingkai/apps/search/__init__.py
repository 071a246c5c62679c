"""检索: an index of character bigrams over every register's records."""
