"""What changed from snapshot to snapshot: queries opened and closed, trends, flags that stand, drift, and what is only chance."""
