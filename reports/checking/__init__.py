"""Whether a file that somebody holds is one of ours: nothing of it is kept."""
