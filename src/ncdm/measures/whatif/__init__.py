"""What would change if thresholds, weights, caps, gates or targets were others: from stored scores, without measuring again."""
