"""One file a spread. A file's presence here adds it."""
