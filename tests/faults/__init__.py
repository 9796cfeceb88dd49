"""What must not happen when machines, disks, databases and clients fail."""
