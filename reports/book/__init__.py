"""The book of seals: an append-only, chained record by which changes made by hand are found (docs/adr/0171)."""
