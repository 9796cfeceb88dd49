"""What changes rooms: each action writes the rows, the next rev and the event in one transaction."""
