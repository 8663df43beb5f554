#!/usr/bin/env bash
# What .pre-commit-hooks.yaml runs, in pre-commit's own clone of this project: the command line with the arguments of the
# hook. The first run builds it, which takes a minute or two; Node and npm must be there.
set -euo pipefail
clone="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
built="$clone/node_modules/.built"
if [ ! -e "$built" ]; then
  (cd "$clone" && npm ci --no-audit --no-fund --silent && touch "$built") >&2
fi
exec node "$clone/dist/cli.js" "$@"
