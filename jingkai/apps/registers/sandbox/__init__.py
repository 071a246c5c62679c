"""
What happens to a foreign workbook inside a child process with limits: no Django, no database.

A file of 5 kB can make a parser abort the process or fill the machine. So a child looks at it
(``guard``), reads it (``excel``, ``text``) and tells its parent the rows as JSON (``wire``).
"""
