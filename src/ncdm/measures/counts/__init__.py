"""What can be counted, one file each."""
