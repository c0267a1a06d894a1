#!/usr/bin/env bash
# Installs the packages, builds and runs the whole fast test suite through ctest.
#   ./test.sh            the fast set
#   ./test.sh -L slow    arguments go to ctest
set -euo pipefail
cd "$(dirname "$0")"
scripts/install_packages.sh
cmake --preset dev >/dev/null
cmake --build build/dev
if [ $# -eq 0 ]; then set -- -LE slow; fi
ctest --test-dir build/dev --output-on-failure -j "$(nproc)" "$@"
