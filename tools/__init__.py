"""What developers run; `dev.py` is the front. Nothing here is part of the installed product."""
