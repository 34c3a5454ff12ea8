#!/usr/bin/env bash
# Builds the image of Registrator: scripts/build-image.sh [TAG]   (default: registrator:latest)
#
# The same as `docker build -t registrator .`, but where the official image with Maven and the JDK can't be pulled it makes
# a local one from Debian packages and the JDK of this machine. Needs root only for what is missing on the machine.
set -euo pipefail

lib=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib
# shellcheck source=scripts/lib/host.sh
source "$lib/host.sh"
# shellcheck source=scripts/lib/engine.sh
source "$lib/engine.sh"
# shellcheck source=scripts/lib/consul.sh
source "$lib/consul.sh"
# shellcheck source=scripts/lib/images.sh
source "$lib/images.sh"
# shellcheck source=scripts/lib/bundle.sh
source "$lib/bundle.sh"

tag=${1:-registrator:latest}

need_engine
need_build_image
say "Building $tag with $BUILD_IMAGE"
[[ $BUILD_IMAGE != "$LOCAL_BUILD_IMAGE" ]] || serve_maven_repository

log=$(mktemp)
if ! run_logged "$log" docker_build --network host \
  --build-arg "BUILD_IMAGE=$BUILD_IMAGE" \
  --build-arg "VERSION=$(project_version)" \
  --build-arg "REVISION=$(git -C "$REGISTRATOR_ROOT" rev-parse HEAD 2>/dev/null || echo unknown)" \
  --tag "$tag" "$REGISTRATOR_ROOT"; then
  show_log "$log"
  die "could not build $tag" "The whole log is in $log."
fi
rm -f "$log"
say "Built $tag: $(docker image inspect --format '{{.Size}}' "$tag" | awk '{ printf "%.0f MB", $1 / 1000000 }')"
