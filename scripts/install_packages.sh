#!/usr/bin/env bash
# Installs what building whowhom needs, on Debian 12 or Ubuntu 24.04. Idempotent; as root or with sudo.
#   scripts/install_packages.sh          to build and run
#   scripts/install_packages.sh --dev    also what the checks need (formatter, linter, loaders of exported files)
set -euo pipefail
packages=(g++ cmake ninja-build ccache pkg-config
  librocksdb-dev rapidjson-dev libboost-graph-dev libgraphviz-dev graphviz libgtest-dev libgmock-dev
  libxxhash-dev libutf8proc-dev libuchardet-dev libpugixml-dev libzstd-dev libarchive-dev libxml2-dev
  libigraph-dev fonts-dejavu-core)
if [ "${1:-}" = --dev ]; then
  packages+=(clang-format clang-tidy libxml2-utils python3-networkx)
fi
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "packages: all installed"
  exit 0
fi
sudo=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "installing packages needs root or sudo: ${missing[*]}" >&2; exit 1; }
  sudo=(sudo)
fi
echo "packages: installing ${missing[*]}"
"${sudo[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
echo "packages: done"
