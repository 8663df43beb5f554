#!/usr/bin/env bash
# What action.yml runs: reviews the designs, shows each finding at its line, writes the checklist into the summary of the
# run and, where a file is named for it, SARIF. All input comes in variables, so that none of it is run as a command.
# Exit code: that of `brokerloom lint`.
set -uo pipefail
cli() { node "$GITHUB_ACTION_PATH/dist/cli.js" "$@"; }

options=(--fail-on "${FAIL_ON:-error}")
[ -z "${CONFIG:-}" ] || options+=(--config "$CONFIG")
[ -z "${BASELINE:-}" ] || options+=(--baseline "$BASELINE")
[ -z "${BASE:-}" ] || options+=(--diff "$BASE")
files=()
while IFS= read -r line; do
  [ -z "$line" ] || files+=("$line")
done <<<"${FILES:-**/*.loom.yaml}"

cli lint "${options[@]}" --format github -- "${files[@]}"
code=$?
[ "$code" -le 1 ] || exit "$code"
if [ -n "${SARIF:-}" ]; then
  cli lint "${options[@]}" --format sarif -- "${files[@]}" >"$SARIF"
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  cli lint "${options[@]}" --format markdown -- "${files[@]}" >>"$GITHUB_STEP_SUMMARY"
fi
exit "$code"
