"""The error of a setting, apart from the settings: whoever catches it need not load them."""


class SettingError(Exception):
    """A setting is missing, malformed or unsafe; the message says which and what to do."""
