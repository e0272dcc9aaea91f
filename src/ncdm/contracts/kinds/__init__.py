"""One file a report kind. A file's presence here adds the kind."""
