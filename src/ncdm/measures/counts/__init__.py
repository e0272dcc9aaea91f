"""One file a count. A file's presence here adds it."""
