"""What people do on the practice timeline: writing, reading, answering, following."""
