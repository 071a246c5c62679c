"""
From a workbook to staged rows: every error with its sheet, row, column, value and rule.

Nothing is written to the register here: ``actions.import_workbook`` writes what was staged.
"""

from .mapping import Reading

__all__ = ["Reading"]
