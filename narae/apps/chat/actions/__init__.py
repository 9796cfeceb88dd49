"""What the messenger does to whole organisations: takes a demo away, brings another messenger's history in."""
