"""One file a ratio. A file's presence here adds it."""
