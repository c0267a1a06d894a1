#!/usr/bin/env bash
# Installs the build given as $1 into a temporary folder, builds the consumer against it and runs it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cmake --install "$1" --prefix "$folder/prefix" >/dev/null
cmake -S "$here" -B "$folder/build" -DCMAKE_PREFIX_PATH="$folder/prefix" >/dev/null
cmake --build "$folder/build" >/dev/null
"$folder/build/consumer"
"$folder/prefix/bin/whowhom" version
