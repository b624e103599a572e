"""Catalogue, dumps and sitemap."""
