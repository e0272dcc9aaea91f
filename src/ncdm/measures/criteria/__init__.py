"""One file a criterion. A file's presence here adds it."""
