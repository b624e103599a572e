"""Commands that need a site say what to do where there is none yet."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import MAIN


@pytest.mark.pure
@pytest.mark.parametrize("command", [["import", "a.csv"], ["publish"], ["serve"]])
def test_one_sentence_and_no_traceback(tmp_path: Path, command: list[str]) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"TRAZA_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "traza.settings"}
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "«traza init»" in done.stderr
    assert "Traceback" not in done.stderr
