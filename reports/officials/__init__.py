"""What the officials' pages ask: figures at any moment, the entries behind them, two of them side by side."""
