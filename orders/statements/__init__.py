"""Bank statements as exhibitors download them: read into rows, matched with payments. Everything here is pure."""

from orders.statements.errors import StatementError
from orders.statements.reader import Credit, Reading, read_statement

__all__ = ["Credit", "Reading", "StatementError", "read_statement"]
