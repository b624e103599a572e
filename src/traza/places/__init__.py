"""Territory: levels, codes, names, geometry, membership over time."""
