"""Design: tokens, components, icons, JavaScript and base templates; no Python logic."""
