#!/usr/bin/env bash
# install.sh NAME…        makes sure the system tools of the tests are there (Debian family, as root)
# install.sh --where NAME prints where one is, or fails
set -uo pipefail

where() {
    local name
    case $1 in
        chromium)
            for name in chromium chromium-browser google-chrome; do
                command -v "$name" && return 0
            done
            return 1 ;;
        postgresql)
            local found
            found=$(command -v initdb) || found=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
            [ -n "$found" ] && dirname "$found" ;;
    esac
}

if [ "${1:-}" = --where ]; then where "$2"; exit; fi

wanted=()
for name in "$@"; do where "$name" >/dev/null || wanted+=("$name"); done
[ ${#wanted[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Instalando: ${wanted[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" \
        >/dev/null || echo "No se pudo instalar: ${wanted[*]}"
else
    echo "Falta: ${wanted[*]} (instálelo con el gestor de paquetes del sistema)."
fi
exit 0
