"""The cash desk of a stand: sales made there, with or without a network, and the sign-off of each day."""
