#!/usr/bin/env bash
# Shows Registrator at work on this machine: scripts/quickstart.sh [--once]
#
# Ends on Ctrl-C, or with --once (and on CI) after the demonstration, and takes away what it started.
#
#   CONSUL_HTTP_ADDR    a Consul agent to use, when it is not at 127.0.0.1:8500
#   DOCKER_HOST         a Docker engine to use, when it is not the usual one
#   REGISTRATOR_BUNDLE  an unpacked bundle to run, instead of building one

# shellcheck disable=SC2317 # on_exit and wait_until call functions by name
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

readonly DEMO_LABEL=io.registrator.quickstart
readonly DEMO_SERVICE=demo-web
readonly PATIENCE=60
demo_run=$(date +%s)-$$
registrator_log=$REGISTRATOR_CACHE/quickstart-registrator.log

once=${CI:+yes}
case ${1:-} in
  '') ;;
  --once) once=yes ;;
  *)
    sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac

introduce() {
  cat <<'TEXT'
Registrator registers the containers of a Docker host in the local Consul agent. To show that, this will

  - install what is missing of Docker, Maven and a few small tools, as Debian packages, and fetch Consul
  - start a Docker engine and a Consul agent, unless they run already
  - build Registrator and start it
  - run three web servers in containers, then five, then two, each time with the services as Consul sees them
TEXT
  if [[ $once ]]; then
    say "  - take away what it started"
  else
    say "  - stay up until Ctrl-C, and then take away what it started"
  fi
}

# --- Registrator -----------------------------------------------------------------------------------------------------

# Sets BUNDLE to a folder with bin/registrator.
build_registrator() {
  if [[ -n ${REGISTRATOR_BUNDLE:-} ]]; then
    BUNDLE=$REGISTRATOR_BUNDLE
    say "Using the bundle in $BUNDLE"
    return
  fi
  need_maven
  say "With JDK $JAVA_HOME; the first time Maven downloads what it needs, which takes some minutes"
  local log=$REGISTRATOR_CACHE/quickstart-build.log tarballs
  if ! run_logged "$log" mvn -f "$REGISTRATOR_ROOT/pom.xml" -B -ntp -q -Dmaven.test.skip=true package -pl registrator-cli -am; then
    show_log "$log"
    die "Registrator did not build" "The whole log is in $log."
  fi
  tarballs=("$REGISTRATOR_ROOT"/registrator-cli/target/registrator-*.tar.gz)
  [[ -s ${tarballs[0]} ]] || die "the build made no bundle in registrator-cli/target" "The whole log is in $log."
  BUNDLE=$(mktemp -d)
  on_exit rm -rf -- "$BUNDLE"
  tar -xzf "${tarballs[0]}" --strip-components=1 -C "$BUNDLE"
}

# The address at which others reach this host's published ports. Registrator takes the one that the host's name resolves
# to, which on many machines is a loopback address.
host_address() {
  local device address
  device=$(ip -4 route show default | sed -n 's/.* dev \([^ ]*\).*/\1/p' | head -n 1)
  # A machine without a network still has the bridge of its containers.
  [[ -n $device ]] || device=$(docker network inspect bridge --format '{{index .Options "com.docker.network.bridge.name"}}')
  address=$(ip -4 -o address show dev "$device" scope global | sed -n 's/.* inet \([0-9.]*\).*/\1/p' | head -n 1)
  [[ -n $address ]] || die "the network interface $device has no IPv4 address"
  echo "$address"
}

start_registrator() {
  local address command
  address=$(host_address)
  command=("$BUNDLE/bin/registrator" -ip "$address" -deregister-on-exit "consul://$CONSUL_ADDRESS")
  say "registrator ${command[*]:1}"
  DOCKER_HOST=$(engine_endpoint) setsid "${command[@]}" >"$registrator_log" 2>&1 </dev/null &
  registrator_pid=$!
  on_exit stop_registrator
}

stop_registrator() {
  say "Stopping Registrator"
  stop_process "$registrator_pid" 10
}

fail_with_registrator_log() {
  show_log "$registrator_log"
  die "$1" "Registrator's whole log is in $registrator_log."
}

# --- Demo containers -------------------------------------------------------------------------------------------------

demo_containers() {
  docker ps --all --quiet --filter "label=$DEMO_LABEL=$demo_run"
}

remove_demo_containers() {
  say "Removing the demo containers"
  demo_containers | xargs --no-run-if-empty docker rm --force >/dev/null
}

# scale_to COUNT: starts or removes demo containers, and shows the services once Consul has caught up.
scale_to() {
  local count=$1 number running
  running=$(demo_containers | wc -l)
  for ((number = running + 1; number <= count; number++)); do
    docker run --detach --name "$DEMO_SERVICE-$number-$$" --label "$DEMO_LABEL=$demo_run" --publish 8080 \
      --label "SERVICE_NAME=$DEMO_SERVICE" --label SERVICE_TAGS=demo \
      --label SERVICE_CHECK_HTTP=/health --label SERVICE_CHECK_INTERVAL=1s \
      "$WEB_IMAGE" >/dev/null
  done
  for ((number = running; number > count; number--)); do
    docker rm --force "$DEMO_SERVICE-$number-$$" >/dev/null
  done
  local started=${EPOCHREALTIME/[.,]/}
  wait_until "$PATIENCE" consul_has_caught_up_or_registrator_ended ||
    fail_with_registrator_log "Consul does not show the $count demo containers as passing after $PATIENCE s"
  ! process_ended "$registrator_pid" || fail_with_registrator_log "Registrator has ended"
  say "Consul has all $count, and all pass, after $(((${EPOCHREALTIME/[.,]/} - started) / 1000)) ms:"
  show_services
}

# Those on IPv4: some engines give the IPv6 binding beside it another port.
published_ports() {
  local id
  for id in $(demo_containers); do docker port "$id" 8080/tcp | sed -n 's/^[0-9.]*://p'; done | sort -u
}

passing_ports() {
  services_table | awk -F '\t' -v service="$DEMO_SERVICE" '$1 == service && $3 == "passing" { sub(/.*:/, "", $2); print $2 }' | sort -u
}

consul_has_caught_up_or_registrator_ended() {
  process_ended "$registrator_pid" || consul_has_caught_up
}

# Exactly the demo containers, none less and none more.
consul_has_caught_up() {
  [[ $(passing_ports) == "$(published_ports)" && $(services_table | grep -c "^$DEMO_SERVICE	") == $(demo_containers | wc -l) ]]
}

# Service, address:port, health and ID, one line each: the worst check of a service is its health.
services_table() {
  jq --null-input --raw-output \
    --argjson services "$(consul_api agent/services)" --argjson checks "$(consul_api agent/checks)" '
      [$services[] | . as $service
       | [$checks[] | select(.ServiceID == $service.ID) | .Status] as $found
       | [.Service, "\(.Address):\(.Port)",
          (if any($found[]; . == "critical") then "critical" elif any($found[]; . == "warning") then "warning" else "passing" end),
          .ID]]
      | sort[] | @tsv'
}

show_services() {
  local service address health id
  printf '\n  %-20s %-24s %-10s %s\n' SERVICE ADDRESS HEALTH ID
  while IFS=$'\t' read -r service address health id; do
    printf '  %-20s %-24s %-10s %s\n' "$service" "$address" "$health" "$id"
  done < <(services_table)
}

# --- The demonstration -----------------------------------------------------------------------------------------------

introduce
mkdir -p "$REGISTRATOR_CACHE"

step "What it needs"
[[ -n ${REGISTRATOR_BUNDLE:-} ]] || need_jdk
need_commands curl jq ip=iproute2
need_engine
need_consul_agent
make_web_image

step "Building Registrator"
build_registrator

step "Starting Registrator"
start_registrator
on_exit remove_demo_containers

step "Three web servers"
scale_to 3

step "Two more: five"
scale_to 5

step "Three less: two"
scale_to 2

if [[ $once ]]; then
  step "Done"
  exit 0
fi

step "Up until Ctrl-C"
say "Consul's UI: http://$CONSUL_ADDRESS/ui    Registrator's log: $registrator_log"
say "Try: docker run -d -p 8080 --label SERVICE_NAME=mine $WEB_IMAGE"
wait "$registrator_pid" || true
fail_with_registrator_log "Registrator has ended"
