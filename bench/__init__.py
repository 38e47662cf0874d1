"""``make bench``: how fast the product is, beside a bare Django view measured in the same run."""
