"""Spreadsheets and CSV files that people upload, read within bounds; and cells that no spreadsheet calculates."""

from expo.sheets.tables import Cell, Limits, Problem, Rows, Sheet, TableError, read_sheets

__all__ = ["Cell", "Limits", "Problem", "Rows", "Sheet", "TableError", "read_sheets"]
