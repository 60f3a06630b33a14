#!/bin/sh
# Installs with apt what is missing: install.sh [--optional] PACKAGE:WHAT ...
# WHAT tells whether the package is there: a command, or NAME.pc for what pkg-config knows.
set -eu

optional=no
if [ "${1:-}" = --optional ]; then
    optional=yes
    shift
fi

present() {
    case $1 in
        *.pc) command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "${1%.pc}" ;;
        *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

missing=
for item in "$@"; do
    present "${item#*:}" || missing="$missing ${item%%:*}"
done
[ -n "$missing" ] || exit 0

give_up() {
    echo "$1" >&2
    [ "$optional" = yes ] && exit 0
    exit 1
}

command -v apt-get >/dev/null 2>&1 ||
    give_up "missing:$missing. There is no apt-get here: please install them with your system's package manager."

as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || give_up "missing:$missing. Please install them as root: there is no sudo here."
    as_root=sudo
fi

echo "installing:$missing" >&2
install() { DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq $missing >/dev/null; }
# The lists may be absent or old: fetch them only if it does not work without.
# shellcheck disable=SC2086
install 2>/dev/null || { $as_root apt-get update -qq >/dev/null && install; } ||
    give_up "apt-get could not install$missing."
