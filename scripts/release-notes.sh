#!/usr/bin/env bash
# Prints what CHANGELOG.md says of a version: scripts/release-notes.sh VERSION
# Ends with 1 if it says nothing.
set -euo pipefail

(($# == 1)) || { sed -n '2,3s/^# \{0,1\}//p' "$0" >&2; exit 2; }

changelog=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../CHANGELOG.md
notes=$(awk -v version="${1#v}" '
  /^## / { found = index($0, "## [" version "]") == 1; next }
  found { print }' "$changelog")
[[ $notes =~ [^[:space:]] ]] || { echo "CHANGELOG.md has no section [${1#v}]" >&2; exit 1; }
# Without empty lines around it.
sed -e '/./,$!d' <<<"$notes"
