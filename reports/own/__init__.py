"""An exhibitor's own figures: the recap's rules over its own entries, beside the visits to its booths (ADR 0121)."""
