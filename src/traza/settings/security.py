"""The secret key, and what production insists on before it starts."""

import os
import secrets
import time
from pathlib import Path

from traza.foundation.setting_error import SettingError


def secret_key(home: Path, given: str) -> str:
    """Return the key given by the environment, or the one kept in the data folder.

    The first call creates ``secret.key`` (mode 0600); creation is exclusive, so that two
    processes starting together end with the same key.
    """
    if given:
        return given
    path = home / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_key(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(60)
        file.write(key)
    return key


def _kept_key(path: Path) -> str:
    """Return the key in the file; another process may be about to write it."""
    for _attempt in range(20):
        if kept := path.read_text(encoding="ascii").strip():
            return kept
        time.sleep(0.05)
    raise SettingError(
        f"{path} está vacío: se borra para que se haga una clave nueva (todo el personal tendrá "
        "que entrar otra vez), o se recupera de una copia."
    )


def check_production(*, debug: bool, base_url: str, secret: str, hosts: list[str]) -> None:
    """Raise SettingError with every reason for which production must not start."""
    reasons = []
    if debug:
        reasons.append(
            "TRAZA_DEBUG está encendido: hay que apagarlo, muestra datos internos al público."
        )
    if not base_url.startswith("https://"):
        reasons.append(
            f"TRAZA_BASE_URL es «{base_url}»: debe empezar con https:// y ser la dirección pública."
        )
    if len(secret) < 50:
        reasons.append(
            "La clave secreta (TRAZA_SECRET_KEY) tiene menos de 50 caracteres: hace falta otra más "
            "larga."
        )
    if "*" in hosts:
        reasons.append(
            "TRAZA_ALLOWED_HOSTS acepta cualquier nombre (*): hay que escribir los del sitio."
        )
    if reasons:
        raise SettingError("No se puede iniciar en producción:\n- " + "\n- ".join(reasons))
