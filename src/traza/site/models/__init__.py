"""The pages of the site."""

from traza.site.models.archive import ArchiveEntry
from traza.site.models.base import TrazaPage
from traza.site.models.directory import DirectoryPage, TransparencyPage
from traza.site.models.events import CallIndexPage, CallPage, EventIndexPage, EventPage
from traza.site.models.institutional import (
    CONTACT,
    ContactPage,
    FAQPage,
    HomePage,
    StandardPage,
)
from traza.site.models.kinds import STORIES
from traza.site.models.monitors import MonitorEdition, MonitorIndexPage, MonitorPage
from traza.site.models.stories import (
    AnalysisIndexPage,
    AnalysisPage,
    NewsIndexPage,
    NewsPage,
    StoryIndex,
    StoryIndicator,
    StoryPage,
)
from traza.site.models.studies import DocumentRecord, StudyFile, StudyIndexPage, StudyPage

__all__ = [
    "CONTACT",
    "STORIES",
    "AnalysisIndexPage",
    "AnalysisPage",
    "ArchiveEntry",
    "CallIndexPage",
    "CallPage",
    "ContactPage",
    "DirectoryPage",
    "DocumentRecord",
    "EventIndexPage",
    "EventPage",
    "FAQPage",
    "HomePage",
    "MonitorEdition",
    "MonitorIndexPage",
    "MonitorPage",
    "NewsIndexPage",
    "NewsPage",
    "StandardPage",
    "StoryIndex",
    "StoryIndicator",
    "StoryPage",
    "StudyFile",
    "StudyIndexPage",
    "StudyPage",
    "TransparencyPage",
    "TrazaPage",
]
