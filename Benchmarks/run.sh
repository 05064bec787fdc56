#!/bin/sh
# Brings what the benchmark needs beside the program, then runs it with the same arguments.
set -eu
here=$(dirname "$0")

missing=
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3 python3-venv"
command -v zstd >/dev/null || missing="$missing zstd"
pkg-config --exists simdjson 2>/dev/null || missing="$missing pkg-config g++ libsimdjson-dev"
if [ -n "$missing" ]; then
  as_root=
  [ "$(id -u)" = 0 ] || as_root=sudo
  $as_root apt-get update -q
  # Names of packages, one word each.
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -q -y $missing
fi
exec python3 "$here/run.py" "$@"
