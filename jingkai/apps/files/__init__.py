"""文件: evidence files, kept once under their digest."""
