#!/usr/bin/env bash
# Writes packaging/bundle/lib/classes.lst anew: scripts/rehearse.sh
#
# Runs the daemon and the commands as they are used (twenty containers, some of which come and go, the status page, systemd's
# watchdog, the end) and keeps which classes that loads. registrator-archive makes its archive of them. To be run when
# dependencies or much of the code have changed, and before a release; a list that is a little old costs a little time, no more.
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

readonly CONTAINERS=20
readonly LABEL=io.registrator.rehearsal
# Not the usual ones: those may belong to somebody.
readonly CONSUL_PORT=18500 ADMIN_PORT=18086
readonly LIST=$REGISTRATOR_ROOT/packaging/bundle/lib/classes.lst
run=$(date +%s)-$$

start_container() {
  docker run --detach --label "$LABEL=$run" --publish 8080 --env SERVICE_CHECK_HTTP=/health \
    --label SERVICE_TAGS=rehearsal --label SERVICE_META_run="$run" "$@" "$WEB_IMAGE" >/dev/null
}

remove_containers() {
  docker ps --all --quiet --filter "label=$LABEL=$run" | xargs --no-run-if-empty docker rm --force >/dev/null
}

# registrator NAME ARGUMENTS...: runs it, and writes what it loads to NAME.lst.
registrator() {
  local name=$1
  shift
  # No such socket: what tells systemd is loaded all the same.
  NOTIFY_SOCKET=$scratch/none WATCHDOG_USEC=3000000 JAVA_OPTS="-Xshare:off -XX:DumpLoadedClassList=$scratch/$name.lst" \
    DOCKER_HOST=$(engine_endpoint) exec "$bundle/bin/registrator" -node-id rehearsal -ip 127.0.0.1 \
    -filter "label=$LABEL=$run" "$@" "consul://127.0.0.1:$CONSUL_PORT" >"$scratch/$name.log" 2>&1 </dev/null
}

admin() {
  curl -sS --fail --max-time 10 --output /dev/null "$@"
}

registered() {
  [[ $(CONSUL_ADDRESS=127.0.0.1:$CONSUL_PORT consul_api agent/services | grep -o '"ID": *"rehearsal:' | wc -l) == "$1" ]]
}

await() {
  wait_until 60 "$@" || { show_log "$scratch/daemon.log"; die "not within 60 s: $*"; }
}

rehearse_daemon() {
  (registrator daemon -admin "127.0.0.1:$ADMIN_PORT" -health-file "$scratch/health" -docker-health mirror -ttl 30 -ttl-refresh 5) &
  local pid=$! number
  on_exit stop_process "$pid" 10
  await registered "$CONTAINERS"
  for number in 1 2; do start_container --name "rehearsal-$number-$$"; done
  await registered $((CONTAINERS + 2))
  docker pause "rehearsal-1-$$" >/dev/null
  docker unpause "rehearsal-1-$$" >/dev/null
  docker stop "rehearsal-2-$$" >/dev/null
  await registered $((CONTAINERS + 1))
  for path in '' health/live health/ready metrics api/v1/state api/v1/journal "api/v1/containers/rehearsal-1-$$"; do
    admin "http://127.0.0.1:$ADMIN_PORT/$path"
  done
  # A stream without an end.
  admin --max-time 2 "http://127.0.0.1:$ADMIN_PORT/api/v1/events" 2>/dev/null || true
  kill -TERM "$pid"
  wait_until 20 process_ended "$pid" || die "the daemon did not end within 20 s"
}

rehearse_commands() {
  local command
  for command in plan list doctor "explain rehearsal-1-$$"; do
    # shellcheck disable=SC2086 # words
    (registrator "${command%% *}" $command) || true
  done
}

# Names of classes and lambdas only: what constant pools resolve to moves with every change.
write_list() {
  {
    echo "# Written by scripts/rehearse.sh: what the daemon and its commands load."
    cat "$scratch"/*.lst | grep -v -e '^#' -e '^@cp' -e ' source: ' | sed 's/ id: [0-9]*$//' | LC_ALL=C sort -u
  } >"$LIST"
  say "$(grep -c '^[a-z]' "$LIST") classes in ${LIST#"$REGISTRATOR_ROOT/"}"
}

need_jdk
need_maven
need_commands curl
need_engine
need_consul_binary
make_web_image
scratch=$(mktemp -d)
on_exit rm -rf -- "$scratch"
step "Building"
make_bundle "$scratch/bundle"
bundle=$scratch/bundle
step "Rehearsing"
setsid "$CONSUL_BINARY" agent -dev -bind 127.0.0.1 -client 127.0.0.1 -http-port "$CONSUL_PORT" -dns-port -1 -grpc-port -1 \
  -server-port 18501 -serf-lan-port 18502 -serf-wan-port 18503 >"$scratch/consul.log" 2>&1 </dev/null &
on_exit stop_process "$!" 10
on_exit remove_containers
for ((number = 0; number < CONTAINERS; number++)); do start_container; done
rehearse_daemon
rehearse_commands
write_list
