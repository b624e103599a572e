"""Every public text has its English, and the compiled catalogue is the one of the sources."""

import subprocess
import sys

import pytest


@pytest.mark.pure
def test_english_catalogue_is_complete_and_fresh() -> None:
    result = subprocess.run(
        [sys.executable, "tools/messages.py", "check"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
