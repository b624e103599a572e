"""The institute's colour as a style sheet, and its card for social networks."""

from traza.charts import Theme, og_card, readable_accent, theme_css, to_png
from traza.foundation.assets import font_dir
from traza.foundation.models import Institute


def brand_css(institute: Institute) -> str:
    """Return the custom properties of the institute's accent, for light and dark pages.

    The colour is the readable one nearest to what was chosen; tokens are those of ``design/``.
    """
    light, dark, _explanation = readable_accent(institute.accent)
    tokens = (
        f":root{{--accent:{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}\n"
    )
    return tokens + theme_css(Theme(accent=light, accent_dark=dark))


def draw_site_card(institute: Institute, headline: str) -> bytes:
    """Draw the site's card, 1200 x 630 px PNG."""
    light, dark, _explanation = readable_accent(institute.accent)
    svg = og_card(
        headline,
        figure="",
        subtitle=institute.tagline,
        institute=institute.name,
        theme=Theme(accent=light, accent_dark=dark),
    )
    return to_png(svg, width=1200, font_dir=font_dir())
