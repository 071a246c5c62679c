"""Land and plants: the axes that describe them, how they return to use, what is inefficient."""
