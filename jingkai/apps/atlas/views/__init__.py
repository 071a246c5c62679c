"""The map: its page, its tiles, what is drawn on it, its sheet, what guests see of it."""
