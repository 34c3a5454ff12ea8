# shellcheck shell=bash
# Images made from what this machine has, for tests and builds on machines that can't pull any. Needs host.sh, an engine
# (engine.sh), and consul.sh for the Consul image and for the Debian mirror.
#
# Each image carries the hash of what it was made from, and is made again only when that changes.

readonly IMAGE_INPUTS_LABEL=io.registrator.inputs

docker_build() {
  # An engine without the buildx plugin has the classic builder only.
  if docker buildx version >/dev/null 2>&1; then
    docker build "$@"
  else
    DOCKER_BUILDKIT=0 docker build "$@"
  fi
}

image_present() {
  docker image inspect "$1" >/dev/null 2>&1
}

image_made_from() {
  [[ $(docker image inspect --format "{{index .Config.Labels \"$IMAGE_INPUTS_LABEL\"}}" "$1" 2>/dev/null) == "$2" ]]
}

# Paths, modes and contents of a folder in one hash.
hash_of_folder() {
  tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --directory "$1" . | sha256sum | cut -d ' ' -f 1
}

# ensure_image NAME FOLDER [BUILD-OPTIONS]...: builds the folder unless the image is made from just that.
ensure_image() {
  local name=$1 folder=$2 hash log
  shift 2
  hash=$(hash_of_folder "$folder")
  image_made_from "$name" "$hash" && return
  say "Building image $name"
  log=$(mktemp)
  if ! docker_build "$@" --label "$IMAGE_INPUTS_LABEL=$hash" --tag "$name" "$folder" >"$log" 2>&1; then
    show_log "$log"
    die "could not build the image $name" "The whole log is in $log."
  fi
  rm -f "$log"
}

# copy_program ROOTFS PROGRAM [PATH]: the program and the shared libraries it needs.
copy_program() {
  local rootfs=$1 program=$2 path=${3:-/bin/$(basename "$2")} library
  install -D -m 0755 "$program" "$rootfs$path"
  # A static program has none, and ldd then fails.
  for library in $(ldd "$program" 2>/dev/null | grep -o '/[^ ]*'); do
    install -D -m 0755 "$library" "$rootfs$library"
  done
}

# --- Test images -----------------------------------------------------------------------------------------------------

readonly WEB_IMAGE=registrator-test/web:latest

# A subshell each: they work in scratch folders.
make_web_image() (
  install_packages busybox-static netcat-openbsd
  scratch=$(mktemp -d)
  trap 'rm -rf -- "$scratch"' EXIT
  cp "$REGISTRATOR_ROOT/scripts/images/web/Dockerfile" "$scratch"
  rootfs=$scratch/rootfs
  mkdir -p "$rootfs"/{bin,tmp,www,etc}
  chmod 1777 "$rootfs/tmp"
  install -m 0755 /bin/busybox "$REGISTRATOR_ROOT"/scripts/images/web/{entry,web} "$rootfs/bin"
  for applet in $(/bin/busybox --list); do
    [[ $applet == busybox ]] || ln -s busybox "$rootfs/bin/$applet"
  done
  # Busybox's own nc knows no UDP.
  rm "$rootfs/bin/nc"
  copy_program "$rootfs" "$(command -v nc.openbsd)" /bin/nc
  ensure_image "$WEB_IMAGE" "$scratch"
)

make_consul_image() (
  scratch=$(mktemp -d)
  trap 'rm -rf -- "$scratch"' EXIT
  cp "$REGISTRATOR_ROOT/scripts/images/consul/Dockerfile" "$scratch"
  mkdir -p "$scratch"/rootfs/{tmp,consul/data,consul/config}
  chmod 1777 "$scratch/rootfs/tmp"
  copy_program "$scratch/rootfs" "$CONSUL_BINARY" /bin/consul
  ensure_image "$(consul_image)" "$scratch"
)

consul_image() {
  echo "registrator-test/consul:$(consul_version)"
}
