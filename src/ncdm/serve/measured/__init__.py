"""What the pages are told of measures: clean status, quality, indicators, change and forecast, each number with the rows behind it."""
