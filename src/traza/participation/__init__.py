"""What people send to the institute, and what it answers."""
