"""A child whose parser aborts, as calamine does where memory ends."""

import os

os.abort()
