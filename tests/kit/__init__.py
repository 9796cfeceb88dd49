"""What tests stand on: databases, a fake clock, people and rooms, clients."""
