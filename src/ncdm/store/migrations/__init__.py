"""The ledger's migrations; they only append."""
