"""When a study will be clean, from what arrived and was closed between its snapshots."""
