"""What is past one machine and one day: stores, queues, readiness, back-ups, kills."""
