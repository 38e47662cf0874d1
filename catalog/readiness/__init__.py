"""How far an exhibitor is from a market: what is asked there, what is known, what is missing."""
