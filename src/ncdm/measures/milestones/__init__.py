"""One file a milestone. A file's presence here adds it."""
