"""A child that gives the names of its environment for the names of sheets."""

import os
import sys

from jingkai.apps.registers.sandbox import wire

sys.stdout.buffer.write(wire.line({"heads": [[name, False, None, [], {}] for name in os.environ]}))
sys.stdout.buffer.flush()
sys.stdin.read()
