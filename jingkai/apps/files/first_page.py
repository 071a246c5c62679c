"""
The child process: `python -m jingkai.apps.files.first_page FILE SIDE`, no Django.

It limits itself before it opens a foreign PDF, and writes the first page as PNG to its output.
"""

import resource
import sys
from pathlib import Path

import pypdfium2

MEMORY = 768 * 1024 * 1024  # of address space
SECONDS = 10


def main(path: Path, side: int) -> None:
    """Draw the first page with at most ``side`` pixels a side."""
    limits = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_CORE: 0}
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        scale = side / max(*page.get_size(), 1)
        page.render(scale=scale).to_pil().save(sys.stdout.buffer, "PNG")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
