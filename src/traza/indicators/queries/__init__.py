"""Reads of the indicators, for pages, files and sections of other rooms' pages."""
