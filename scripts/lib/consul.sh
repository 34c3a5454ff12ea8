# shellcheck shell=bash
# Consul: the binary, and an agent for the quickstart. Needs host.sh.

# The newest Debian release that has Consul; later ones dropped it.
readonly CONSUL_SUITE=bullseye

# Sets CONSUL_BINARY: the consul on PATH, else the one from a Debian package unpacked into the cache folder. Nothing is
# installed: Debian's package would also add a user and a service.
need_consul_binary() {
  if CONSUL_BINARY=$(command -v consul); then
    return
  fi
  CONSUL_BINARY=$REGISTRATOR_CACHE/consul/usr/bin/consul
  if [[ ! -x $CONSUL_BINARY ]]; then
    say "Fetching Consul from Debian $CONSUL_SUITE into $REGISTRATOR_CACHE/consul"
    unpack_consul_package
  fi
}

consul_version() {
  "$CONSUL_BINARY" version | sed -n '1s/^Consul v\([0-9.]*\).*/\1/p'
}

# A subshell: works in a scratch folder, and moves the result into place only when it is whole.
unpack_consul_package() (
  local scratch log
  mkdir -p "$REGISTRATOR_CACHE"
  scratch=$(mktemp -d "$REGISTRATOR_CACHE/consul.XXXXXX")
  trap 'rm -rf -- "$scratch"' EXIT
  log=$scratch/apt.log
  cd "$scratch" || exit
  if ! { apt_of_suite "$CONSUL_SUITE" "$scratch" update && apt_of_suite "$CONSUL_SUITE" "$scratch" download consul; } >"$log" 2>&1; then
    show_log "$log"
    die "could not fetch Debian's package of Consul" "Put a consul binary on the PATH, then start this script again."
  fi
  dpkg -x consul_*.deb root
  rm -rf "$REGISTRATOR_CACHE/consul"
  mv root "$REGISTRATOR_CACHE/consul"
)

# apt_of_suite SUITE FOLDER ARGS...: apt-get on another suite of this machine's own mirror, with lists and caches of its
# own in the folder, so that the machine's package lists stay as they are.
apt_of_suite() {
  local suite=$1 folder=$2 mirror
  shift 2
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || { echo "no Debian mirror in this machine's apt configuration"; return 1; }
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$folder/sources.list"
  apt-get -q \
    -o Dir::Etc::SourceList="$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::Lists="$folder/lists" -o Dir::Cache="$folder/cache" \
    -o APT::Sandbox::User=root \
    "$@"
}

debian_mirror() {
  local uris
  # shellcheck disable=SC2016 # apt's own variables
  uris=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' 'Component: main') || return
  awk '$1 == "Debian" && $2 !~ /security/ { print $2; exit }' <<<"$uris"
}

# --- An agent --------------------------------------------------------------------------------------------------------

# Sets CONSUL_ADDRESS (host:port of the HTTP API) to an agent that answers: the one at CONSUL_HTTP_ADDR or the usual
# place, else one in development mode that is started here and stopped at the end.
need_consul_agent() {
  local wanted=${CONSUL_HTTP_ADDR:-127.0.0.1:8500}
  CONSUL_ADDRESS=${wanted#http://}
  CONSUL_ADDRESS=${CONSUL_ADDRESS%/}
  [[ $CONSUL_ADDRESS != *://* ]] || die "CONSUL_HTTP_ADDR=$wanted is not plain HTTP over TCP" \
    "This script uses HOST:PORT only; unset it to have an agent started here."
  if agent_answers; then
    say "Consul agent: using the one at $CONSUL_ADDRESS"
    return
  fi
  [[ -z ${CONSUL_HTTP_ADDR:-} ]] || die "no Consul agent answers at CONSUL_HTTP_ADDR=$wanted" \
    "Start it, or unset CONSUL_HTTP_ADDR to have one started here."
  need_consul_binary
  start_agent
  say "Consul agent: started at $CONSUL_ADDRESS (Consul $(consul_version), development mode)"
}

agent_answers() {
  [[ $(consul_api status/leader 2>/dev/null) == \"*:*\" ]]
}

# consul_api PATH [CURL-OPTIONS]...
consul_api() {
  local path=$1
  shift
  curl -sS --fail --max-time 5 ${CONSUL_HTTP_TOKEN:+-H "X-Consul-Token: $CONSUL_HTTP_TOKEN"} "$@" "http://$CONSUL_ADDRESS/v1/$path"
}

# Everything on loopback; the checks still reach the containers, since the agent runs on the host.
start_agent() {
  local log=$REGISTRATOR_CACHE/consul.log
  mkdir -p "$REGISTRATOR_CACHE"
  setsid "$CONSUL_BINARY" agent -dev -ui -bind 127.0.0.1 -client 127.0.0.1 >"$log" 2>&1 </dev/null &
  local pid=$!
  on_exit stop_agent "$pid"
  wait_until 30 agent_answers_or_ended "$pid" && ! process_ended "$pid" && return
  show_log "$log"
  die "the Consul agent did not come up" "Its whole log is in $log."
}

agent_answers_or_ended() {
  process_ended "$1" || agent_answers
}

stop_agent() {
  say "Stopping the Consul agent"
  stop_process "$1" 10
}
