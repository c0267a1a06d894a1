#!/usr/bin/env bash
# Installs the packages, builds a release and runs the main job on samples/: a graph, a question, a picture, a Gephi file.
set -euo pipefail
cd "$(dirname "$0")"
echo "== 1/4 packages"
scripts/install_packages.sh
echo "== 2/4 build (a few minutes the first time)"
cmake --preset release -DWHOWHOM_TESTS=OFF >/dev/null
cmake --build build/release --target whowhom
whowhom=build/release/bin/whowhom
mkdir -p out
echo "== 3/4 a graph of the articles in samples/"
"$whowhom" -g out/demo.db add samples/
"$whowhom" -g out/demo.db stats
echo "== 4/4 who accused whom"
"$whowhom" -g out/demo.db ask "who accused whom"
"$whowhom" -g out/demo.db render -o out/demo.svg
"$whowhom" -g out/demo.db export gexf -o out/demo.gexf
echo
echo "The graph is in out/demo.db, a picture in out/demo.svg, a file for Gephi in out/demo.gexf."
echo "Ask it something: $whowhom -g out/demo.db ask \"what did Pompeo say about Iran\""
