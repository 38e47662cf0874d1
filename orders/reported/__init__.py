"""Sales made elsewhere: reported with evidence by their exhibitor, claims (D) until staff have looked (ADR 0120)."""
