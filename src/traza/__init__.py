"""Traza: open platform for municipal planning institutes."""
