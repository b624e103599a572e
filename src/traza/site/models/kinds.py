"""The kinds of story, each with its list."""

from traza.site.models.events import CallIndexPage, CallPage, EventIndexPage, EventPage
from traza.site.models.monitors import MonitorIndexPage, MonitorPage
from traza.site.models.stories import (
    AnalysisIndexPage,
    AnalysisPage,
    NewsIndexPage,
    NewsPage,
    StoryIndex,
    StoryPage,
)
from traza.site.models.studies import StudyIndexPage, StudyPage

STORIES: tuple[tuple[type[StoryPage], type[StoryIndex]], ...] = (
    (AnalysisPage, AnalysisIndexPage),
    (NewsPage, NewsIndexPage),
    (StudyPage, StudyIndexPage),
    (MonitorPage, MonitorIndexPage),
    (EventPage, EventIndexPage),
    (CallPage, CallIndexPage),
)
