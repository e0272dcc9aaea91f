"""The data quality index of every group: what is read, what it costs, how sure that is, and where it stands among its like."""
