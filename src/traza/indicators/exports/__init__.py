"""The files of an indicator: its data for people and machines, its drawings as images."""
