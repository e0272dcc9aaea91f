"""The mesh against known answers."""
