"""Pages that gather what every room publishes, and the frame."""
