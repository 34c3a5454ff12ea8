#!/usr/bin/env bash
# Builds one commit twice and compares: scripts/check-reproducible.sh [COMMIT]   (default: HEAD)
#
# In two folders of different names, time zones, languages and moments. Jars, tarballs and the Debian
# package must be the same byte by byte; else ends with 1 and says which are not.
set -euo pipefail

lib=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib
# shellcheck source=scripts/lib/host.sh
source "$lib/host.sh"

commit=$(git -C "$REGISTRATOR_ROOT" rev-parse --verify "${1:-HEAD}^{commit}")
scratch=$(mktemp -d)
on_exit rm -rf -- "$scratch"

# build FOLDER VARIABLE=VALUE...: the packages, in FOLDER/target/packages.
build() {
  local folder=$1
  shift
  mkdir -p "$folder"
  git -C "$REGISTRATOR_ROOT" archive "$commit" | tar -x -C "$folder"
  # A cache of its own: the runtime is linked anew, too.
  run_logged "$scratch/log" env "$@" REGISTRATOR_CACHE="$folder.cache" "$folder/scripts/build-packages.sh" || {
    show_log "$scratch/log"
    die "the build in $folder failed"
  }
}

checksums() {
  (cd "$1" && find target/packages registrator-*/target -maxdepth 1 \( -name '*.jar' -o -name '*.tar.gz' -o -name '*.deb' \) -exec sha256sum {} + |
    LC_ALL=C sort -k 2)
}

say "Building $commit twice"
build "$scratch/first" TZ=UTC LANG=C
build "$scratch/a-second-folder" TZ=Asia/Kathmandu LANG=C.UTF-8
checksums "$scratch/first" >"$scratch/first.sums"
checksums "$scratch/a-second-folder" >"$scratch/second.sums"
[[ -s $scratch/first.sums ]] || die "nothing was built"
diff "$scratch/first.sums" "$scratch/second.sums" || die "these differ between two builds of one commit"
cut -c 67- "$scratch/first.sums"
say "All the same, byte by byte"
