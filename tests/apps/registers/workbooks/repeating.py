"""A child that says whatever stands in the file."""

import sys
from pathlib import Path

sys.stdout.buffer.write(Path(sys.argv[1]).read_bytes())
sys.stdout.buffer.flush()
