"""The example of La Laguna and how it is made."""
