"""The public pages and files of the indicators."""

from traza.indicators.views.indicator import render_indicator

__all__ = ["render_indicator"]
