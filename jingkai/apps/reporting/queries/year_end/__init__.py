"""The year-end report (岁末答卷): a neutral document built from the figures alone."""

from .document import year_end

__all__ = ["year_end"]
