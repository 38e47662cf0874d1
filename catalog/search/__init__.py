"""What visitors type: words, their roots, their spellings, and the vocabulary that they are understood by."""
