"""What a member may see of rooms; every query starts from the viewer's membership."""
