"""One file a check. A file's presence here adds it."""
