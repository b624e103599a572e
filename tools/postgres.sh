#!/usr/bin/env bash
# A throw-away PostgreSQL cluster for the tests: `start` prints its address, `stop` removes it.
set -uo pipefail
cd "$(dirname "$0")/.."
place=${TRAZA_TEST_PG:-/tmp/traza-test-pg-$(id -u)}
bin=$(tools/install.sh --where postgresql) || { echo "no hay PostgreSQL" >&2; exit 1; }
# initdb refuses to run as root.
as() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

case ${1:-} in
    start)
        "$0" stop >/dev/null 2>&1
        mkdir -p "$place"
        [ "$(id -u)" = 0 ] && chown postgres "$place"
        port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
        as "$bin/initdb" -D "$place/data" -U traza -A trust -E UTF8 --locale=C >/dev/null || exit 1
        # Nothing here outlives the tests, so nothing needs to be flushed to disk.
        as "$bin/pg_ctl" -D "$place/data" -w -l "$place/log" -o \
            "-p $port -k $place -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
            start >/dev/null || { cat "$place/log" >&2; exit 1; }
        echo "postgres://traza@127.0.0.1:$port/postgres" ;;
    stop)
        [ -d "$place/data" ] && as "$bin/pg_ctl" -D "$place/data" -m immediate stop
        rm -rf "$place" ;;
    *) echo "uso: $0 start|stop" >&2; exit 2 ;;
esac
