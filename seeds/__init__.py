"""What the project knows, as data: see README.md beside this file."""
