"""The pages of the site."""

from traza.site.models.base import TrazaPage
from traza.site.models.institutional import (
    CONTACT,
    ContactPage,
    FAQPage,
    HomePage,
    StandardPage,
)
from traza.site.models.stories import (
    STORIES,
    AnalysisIndexPage,
    AnalysisPage,
    NewsIndexPage,
    NewsPage,
    StoryIndex,
    StoryIndicator,
    StoryPage,
)

__all__ = [
    "CONTACT",
    "STORIES",
    "AnalysisIndexPage",
    "AnalysisPage",
    "ContactPage",
    "FAQPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "StandardPage",
    "StoryIndex",
    "StoryIndicator",
    "StoryPage",
    "TrazaPage",
]
