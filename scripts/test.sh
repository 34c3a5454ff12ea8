#!/usr/bin/env bash
# Runs all tests: scripts/test.sh [MAVEN-ARGUMENTS]...
#
# Installs and starts what they need (Docker engine, Consul, Podman, Chromium, promtool, test images), then runs `mvn verify`, integration tests
# included. Ends only what it started. What failed and then succeeded is listed at the end, and is an error when the same test
# did so in the run before. Run it as root where something is missing; see scripts/README.md.
set -euo pipefail

lib=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib
# shellcheck source=scripts/lib/host.sh
source "$lib/host.sh"
# shellcheck source=scripts/lib/engine.sh
source "$lib/engine.sh"
# shellcheck source=scripts/lib/consul.sh
source "$lib/consul.sh"
# shellcheck source=scripts/lib/podman.sh
source "$lib/podman.sh"
# shellcheck source=scripts/lib/pages.sh
source "$lib/pages.sh"
# shellcheck source=scripts/lib/images.sh
source "$lib/images.sh"
# shellcheck source=scripts/lib/flakes.sh
source "$lib/flakes.sh"

# What the tests make in the engine carries this label with the run's own value, so that what a broken run leaves behind
# can be told from everything else.
readonly TEST_LABEL=io.registrator.test

remove_leftovers() {
  local filter=label=$TEST_LABEL=$REGISTRATOR_TEST_RUN ids
  mapfile -t ids < <(docker ps --all --quiet --filter "$filter")
  ((${#ids[@]} == 0)) || docker rm --force --volumes "${ids[@]}" >/dev/null
  mapfile -t ids < <(docker network ls --quiet --filter "$filter")
  ((${#ids[@]} == 0)) || docker network rm "${ids[@]}" >/dev/null
}

step "What the tests need"
need_jdk
need_maven
say "JDK: $JAVA_HOME"
# The tests freeze and kill processes, let the engine list those of a container, and step the daemon's clock.
need_commands ps=procps unshare=util-linux ip=iproute2 faketime docker-compose
need_engine
need_consul_binary
say "Consul: $CONSUL_BINARY ($(consul_version))"
need_podman
need_chromium
say "Chromium: $CHROMIUM"
need_promtool
make_web_image
make_consul_image
make_systemd_image
make_proxy_image
make_example_images

# See "What the integration tests are told" in scripts/README.md.
endpoint=$(engine_endpoint)
[[ $endpoint == unix:///var/run/docker.sock ]] || export DOCKER_HOST=$endpoint
export TESTCONTAINERS_RYUK_DISABLED=true
export TESTCONTAINERS_HOST_OVERRIDE=${TESTCONTAINERS_HOST_OVERRIDE:-127.0.0.1}
export REGISTRATOR_TEST_CONSUL_BINARY=$CONSUL_BINARY
REGISTRATOR_TEST_CONSUL_IMAGE=$(consul_image)
export REGISTRATOR_TEST_CONSUL_IMAGE
REGISTRATOR_TEST_FAKETIME=$(dpkg -L libfaketime | grep '/libfaketime\.so\.1$')
export REGISTRATOR_TEST_FAKETIME
export REGISTRATOR_TEST_CHROMIUM=$CHROMIUM
export REGISTRATOR_TEST_PROMTOOL=$PROMTOOL
export REGISTRATOR_TEST_WEB_IMAGE=$WEB_IMAGE
export REGISTRATOR_TEST_SYSTEMD_IMAGE=$SYSTEMD_IMAGE
export REGISTRATOR_TEST_PROXY_IMAGE=$PROXY_IMAGE
export REGISTRATOR_TEST_EXAMPLE_IMAGES=$EXAMPLE_IMAGES
if dockerd=$(PATH=$PATH:/usr/sbin:/sbin command -v dockerd); then
  export REGISTRATOR_TEST_DOCKERD=$dockerd
fi
[[ -z $PODMAN ]] || export REGISTRATOR_TEST_PODMAN=$PODMAN
REGISTRATOR_TEST_RUN=$(date +%s)-$$
export REGISTRATOR_TEST_RUN
on_exit remove_leftovers

step "mvn verify"
cd "$REGISTRATOR_ROOT"
begun=$(mktemp)
on_exit rm -f -- "$begun"
status=0
run_interruptibly mvn -B -ntp verify "$@" || status=$?
mapfile -t reports < <(find . -path '*/target/failsafe-reports/TEST-*.xml' -newer "$begun")
report_flakes "$REGISTRATOR_CACHE/flakes" "${reports[@]}" || ((status != 0)) || status=1
exit "$status"
