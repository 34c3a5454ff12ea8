# shellcheck shell=bash
# Images made from what this machine has, for tests and builds on machines that can't pull any. Needs host.sh, an engine
# (engine.sh), and consul.sh for the Consul image and for the Debian mirror.
#
# Each image carries the hash of what it was made from, and is made again only when that changes.

readonly IMAGE_INPUTS_LABEL=io.registrator.inputs

readonly IMAGE_BUILD_SECONDS=1200

docker_build() {
  # An engine without the buildx plugin has the classic builder only.
  if docker buildx version >/dev/null 2>&1; then
    timeout "$IMAGE_BUILD_SECONDS" docker build "$@"
  else
    DOCKER_BUILDKIT=0 timeout "$IMAGE_BUILD_SECONDS" docker build "$@"
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
  local name=$1 folder=$2 hash log old
  shift 2
  hash=$(hash_of_folder "$folder")
  image_made_from "$name" "$hash" && return
  old=$(docker image inspect --format '{{.Id}}' "$name" 2>/dev/null) || old=
  say "Building image $name"
  log=$(mktemp)
  if ! docker_build "$@" --label "$IMAGE_INPUTS_LABEL=$hash" --tag "$name" "$folder" >"$log" 2>&1; then
    show_log "$log"
    die "could not build the image $name" "The whole log is in $log."
  fi
  rm -f "$log"
  # Stays while a container uses it.
  [[ -z $old ]] || docker image rm "$old" >/dev/null 2>&1 || true
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
  install -m 0755 /bin/busybox "$REGISTRATOR_ROOT"/scripts/images/web/{entry,web,udp} "$rootfs/bin"
  for applet in $(/bin/busybox --list); do
    [[ $applet == busybox ]] || ln -s busybox "$rootfs/bin/$applet"
  done
  copy_program "$rootfs" "$(command -v nc.openbsd)"
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

# A Debian that boots systemd. Run it with the options in scripts/README.md.
readonly SYSTEMD_IMAGE=registrator-test/systemd:latest

make_systemd_image() (
  need_base_image
  scratch=$(mktemp -d)
  trap 'rm -rf -- "$scratch"' EXIT
  cp "$REGISTRATOR_ROOT/scripts/images/systemd/Dockerfile" "$scratch"
  ensure_image "$SYSTEMD_IMAGE" "$scratch" --network host --build-arg "BASE_IMAGE=$BASE_IMAGE"
)

# nginx, HAProxy, keepalived and Consul's `watch`, for the stacks in examples/.
readonly PROXY_IMAGE=registrator-test/proxy:latest

make_proxy_image() (
  need_base_image
  scratch=$(mktemp -d)
  trap 'rm -rf -- "$scratch"' EXIT
  cd "$REGISTRATOR_ROOT/scripts/images/proxy"
  cp Dockerfile "$scratch"
  mkdir -p "$scratch/rootfs/usr/local/bin"
  install -m 0755 graceful-web render-upstream nginx-from-consul haproxy-from-consul "$CONSUL_BINARY" "$scratch/rootfs/usr/local/bin"
  ensure_image "$PROXY_IMAGE" "$scratch" --network host --build-arg "BASE_IMAGE=$BASE_IMAGE"
)

# What the examples name and no machine has to be able to pull: registrator-test/example-NAME:latest for nginx, haproxy,
# consul-template and upsync.
readonly EXAMPLE_IMAGES=registrator-test/example

make_example_images() (
  scratch=$(mktemp -d)
  trap 'rm -rf -- "$scratch"' EXIT
  cp -a "$REGISTRATOR_ROOT/scripts/images/examples/." "$scratch"
  # Made anew with the image below them.
  docker image inspect --format '{{.Id}}' "$PROXY_IMAGE" >"$scratch/made-on"
  for name in nginx haproxy consul-template upsync; do
    ensure_image "$EXAMPLE_IMAGES-$name:latest" "$scratch" --target "$name" --build-arg "PROXY_IMAGE=$PROXY_IMAGE"
  done
)

# --- Base images -----------------------------------------------------------------------------------------------------

readonly DEBIAN_SUITE=bookworm
readonly OFFICIAL_BASE_IMAGE=debian:$DEBIAN_SUITE-slim
readonly OFFICIAL_BUILD_IMAGE=maven:3-eclipse-temurin-25
readonly LOCAL_BASE_IMAGE=registrator-local/debian:$DEBIAN_SUITE
readonly LOCAL_BUILD_IMAGE=registrator-local/build:latest
readonly HOST_REPOSITORY_PORT=18591

# image_to_be_had NAME: here already, or quickly pulled.
image_to_be_had() {
  image_present "$1" || timeout 300 docker pull --quiet "$1" >/dev/null 2>&1
}

# Sets BASE_IMAGE, what the final image is made on.
need_base_image() {
  BASE_IMAGE=$OFFICIAL_BASE_IMAGE
  image_to_be_had "$BASE_IMAGE" && return
  BASE_IMAGE=$LOCAL_BASE_IMAGE
  image_present "$BASE_IMAGE" || make_debian_image
}

make_debian_image() {
  local tarball=$REGISTRATOR_CACHE/debian-$DEBIAN_SUITE.tar
  if [[ ! -s $tarball ]]; then
    say "Making a minimal Debian $DEBIAN_SUITE, since $OFFICIAL_BASE_IMAGE can't be pulled"
    bootstrap_debian "$tarball"
  fi
  docker import --change 'CMD ["/bin/sh"]' "$tarball" "$LOCAL_BASE_IMAGE" >/dev/null
}

bootstrap_debian() {
  local tarball=$1 mirror log
  need_commands mmdebstrap
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || die "no Debian mirror in this machine's apt configuration" "Load an image $OFFICIAL_BASE_IMAGE into the engine."
  mkdir -p "$REGISTRATOR_CACHE"
  log=$(mktemp)
  # No documentation, as in the official image.
  if ! mmdebstrap --format=tar --variant=apt --aptopt='Acquire::Languages "none"' --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    "$DEBIAN_SUITE" "$tarball.part" "$mirror" >"$log" 2>&1; then
    show_log "$log"
    die "could not make a minimal Debian" "Load an image $OFFICIAL_BASE_IMAGE into the engine."
  fi
  rm -f "$log"
  mv "$tarball.part" "$tarball"
}

# Sets BUILD_IMAGE, which has Maven and the JDK.
need_build_image() {
  BUILD_IMAGE=$OFFICIAL_BUILD_IMAGE
  image_to_be_had "$BUILD_IMAGE" && return
  BUILD_IMAGE=$LOCAL_BUILD_IMAGE
  make_build_image
}

make_build_image() (
  need_base_image
  need_jdk
  need_maven
  scratch=$(mktemp -d)
  trap 'rm -rf -- "$scratch"' EXIT
  cp "$REGISTRATOR_ROOT/scripts/images/build/Dockerfile" "$scratch"
  mkdir -p "$scratch/rootfs/opt/java" "$scratch/rootfs/opt/maven"
  # Whole but for the sources: jlink checks the files of the JDK that it links from.
  tar -C "$JAVA_HOME" --exclude=src.zip --dereference -c . | tar -C "$scratch/rootfs/opt/java" -x
  # Debian's Maven is links into /usr/share/java and /etc.
  maven=$(dirname -- "$(dirname -- "$(readlink -f -- "$(command -v mvn)")")")
  tar -C "$maven" --exclude=man --dereference -c . | tar -C "$scratch/rootfs/opt/maven" -x
  sed "s/@PORT@/$HOST_REPOSITORY_PORT/" "$REGISTRATOR_ROOT/scripts/images/build/settings.xml" >"$scratch/rootfs/opt/maven/conf/settings.xml"
  ensure_image "$BUILD_IMAGE" "$scratch" --network host --build-arg "BASE_IMAGE=$BASE_IMAGE"
)

# Serves this machine's Maven repository on loopback until the script ends, so that a build in the local build image
# (on the host's network) need not download again what is here. Without it such a build is slower, no more.
serve_maven_repository() {
  local repository=$HOME/.m2/repository
  [[ -d $repository ]] || return 0
  need_jdk
  "$JAVA_HOME/bin/jwebserver" -b 127.0.0.1 -p "$HOST_REPOSITORY_PORT" -d "$repository" -o none >/dev/null 2>&1 </dev/null &
  on_exit stop_process "$!" 5
}
