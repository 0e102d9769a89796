"""Reports of the room: one file each, found by app.reporting."""
