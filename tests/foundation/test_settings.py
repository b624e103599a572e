"""Settings from the environment: safe defaults, plain errors, no unsafe production."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from traza.foundation.setting_error import SettingError
from traza.settings import env
from traza.settings.security import secret_key

pytestmark = pytest.mark.pure


def start(home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("TRAZA_", "DATABASE_"))}
    clean |= {"TRAZA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "traza.settings", **variables}
    return subprocess.run(
        [sys.executable, "-c", "from traza.cli import main; main()", "check"],
        env=clean, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


SAFE = {"TRAZA_ENV": "production", "TRAZA_BASE_URL": "https://implan.example.mx"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"TRAZA_DEBUG": "1"}, "TRAZA_DEBUG está encendido"),
        ({"TRAZA_BASE_URL": "http://implan.example.mx"}, "https://"),
        ({"TRAZA_BASE_URL": ""}, "https://"),
        ({"TRAZA_SECRET_KEY": "corta"}, "menos de 50"),
        ({"TRAZA_ALLOWED_HOSTS": "*"}, "cualquier nombre"),
    ],
)
def test_production_does_not_start_unsafe(
    tmp_path: Path, changed: dict[str, str], reason: str
) -> None:
    done = start(tmp_path, **{**SAFE, **changed})
    assert done.returncode == 1
    assert "No se puede iniciar en producción" in done.stderr
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_a_short_secret_in_a_file_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "clave").write_text("corta")
    done = start(tmp_path, **SAFE, TRAZA_SECRET_KEY_FILE=str(tmp_path / "clave"))
    assert done.returncode == 1 and "menos de 50" in done.stderr


def test_an_empty_key_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    done = start(tmp_path)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "secret.key está vacío" in done.stderr


def test_a_misspelt_production_does_not_start_as_a_demo(tmp_path: Path) -> None:
    done = start(tmp_path, TRAZA_ENV="producción")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "TRAZA_ENV" in done.stderr and "production" in done.stderr


def test_others_on_the_machine_cannot_read_the_data_folder(tmp_path: Path) -> None:
    start(tmp_path / "datos")
    assert (tmp_path / "datos").stat().st_mode & 0o007 == 0


def test_every_reason_is_said_at_once(tmp_path: Path) -> None:
    done = start(tmp_path, TRAZA_ENV="production", TRAZA_DEBUG="1")
    assert "TRAZA_DEBUG" in done.stderr
    assert "TRAZA_BASE_URL" in done.stderr


def test_a_safe_production_starts(tmp_path: Path) -> None:
    done = start(tmp_path, **SAFE)
    # Without tables yet, but the settings were accepted.
    assert "los hace «traza init»" in done.stdout
    assert "ajustes de seguridad se revisaron" in done.stdout
    assert "TRAZA_PROXIES es 0" in done.stdout
    assert "TRAZA_PROXIES" not in start(tmp_path, **SAFE, TRAZA_PROXIES="1").stdout
    assert "TRAZA_REQUIRE_MFA" not in done.stdout


def test_a_wrong_value_names_its_variable(tmp_path: Path) -> None:
    done = start(tmp_path, TRAZA_EMAIL_PORT="veinticinco")
    assert (done.returncode, done.stderr) == (
        1,
        "TRAZA_EMAIL_PORT: se esperaba un número entero y se leyó «veinticinco».\n",
    )


def test_the_key_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    key = secret_key(tmp_path, "")
    assert len(key) >= 50
    assert secret_key(tmp_path, "") == key
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    assert secret_key(tmp_path, "la que dice el entorno") == "la que dice el entorno"


def test_a_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "clave").write_text("del archivo\n")
    monkeypatch.setenv("X_FILE", str(tmp_path / "clave"))
    assert env.text("X") == "del archivo"
    monkeypatch.setenv("X_FILE", str(tmp_path / "nada"))
    with pytest.raises(SettingError, match="X_FILE"):
        env.text("X")


@pytest.mark.parametrize(("raw", "value"), [("sí", True), ("0", False), ("", True), ("OFF", False)])
def test_yes_and_no(monkeypatch: Any, raw: str, value: bool) -> None:
    monkeypatch.setenv("X", raw)
    assert env.flag("X", True) is value
    monkeypatch.setenv("X", "quizá")
    with pytest.raises(SettingError, match="X: se esperaba 1 o 0"):
        env.flag("X")


def test_the_database_of_a_url(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("D", "postgres://ana:cla%40ve@db.local:5433/traza?sslmode=require")
    found = env.database("D", tmp_path)
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("traza", "ana", "cla@ve")
    assert (found["HOST"], found["PORT"]) == ("db.local", "5433")
    assert found["OPTIONS"] == {"sslmode": "require"}
    monkeypatch.setenv("D", "mysql://x/y")
    with pytest.raises(SettingError, match="postgres://"):
        env.database("D", tmp_path)
