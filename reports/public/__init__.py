"""What everyone may see of a sealed recap: headline figures, phases, channels and days. See docs/open-data.md."""
