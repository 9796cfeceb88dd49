"""What may be seen of robots, and what robots may see."""
