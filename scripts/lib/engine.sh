# shellcheck shell=bash
# A Docker engine: the one that answers, else one of Debian's that is started here and stopped at the end.
# Needs host.sh.

engine_answers() {
  timeout 10 docker info >/dev/null 2>&1
}

systemd_runs() {
  [[ -d /run/systemd/system ]]
}

# Makes `docker` talk to an engine; honours DOCKER_HOST.
need_engine() {
  if command -v docker >/dev/null && engine_answers; then
    say "Docker engine: using the one that runs ($(engine_version))"
    return
  fi
  [[ -z ${DOCKER_HOST:-} ]] || die "the Docker engine at DOCKER_HOST=$DOCKER_HOST does not answer" \
    "Start it, or unset DOCKER_HOST to have one started here."
  if [[ -S /var/run/docker.sock && ! -w /var/run/docker.sock ]]; then
    die "$(id -un) may not use the Docker engine at /var/run/docker.sock" \
      "Run this as root, or add the user to the group docker."
  fi
  # A client without an engine is common; so ask for the engine itself.
  command -v dockerd >/dev/null || install_packages docker.io iptables
  install_packages iptables
  start_engine
  say "Docker engine: started ($(engine_version))"
}

engine_version() {
  docker version --format '{{.Server.Version}}'
}

# Where the docker client finds its engine: DOCKER_HOST, or that of its context.
engine_endpoint() {
  docker context inspect --format '{{.Endpoints.docker.Host}}'
}

start_engine() {
  if systemd_runs; then
    as_root systemctl start docker.service || die "systemctl could not start docker.service" "See: journalctl -u docker"
    on_exit stop_engine_service
    wait_until 60 engine_answers || die "docker.service does not answer" "See: journalctl -u docker"
  else
    start_engine_directly
  fi
}

stop_engine_service() {
  say "Stopping the Docker engine"
  as_root systemctl stop docker.socket docker.service
}

start_engine_directly() {
  ((EUID == 0)) || die "no systemd here, so the Docker engine has to be started directly, and that needs root"
  local log=$REGISTRATOR_CACHE/dockerd.log
  mkdir -p "$REGISTRATOR_CACHE"
  # In a session of its own: Ctrl-C is for the script, which then stops the engine last.
  setsid dockerd >"$log" 2>&1 </dev/null &
  local pid=$!
  on_exit stop_engine_process "$pid"
  wait_until 60 engine_answers_or_ended "$pid" && engine_answers && return
  show_log "$log"
  die "the Docker engine did not come up" "Its whole log is in $log."
}

engine_answers_or_ended() {
  process_ended "$1" || engine_answers
}

stop_engine_process() {
  say "Stopping the Docker engine"
  stop_process "$1" 30
}
