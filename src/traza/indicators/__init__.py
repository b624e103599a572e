"""The system of indicators: series, observations, releases of data."""
