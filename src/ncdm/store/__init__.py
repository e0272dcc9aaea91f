"""Facts that only grow, a ledger that says which of them are visible, and the questions asked of both."""
