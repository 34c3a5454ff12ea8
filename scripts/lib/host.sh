# shellcheck shell=bash
# What every script needs of the machine it runs on: words for the user, Debian packages, a JDK, Maven, and an
# orderly end. Sourced; the caller has `set -euo pipefail`.

REGISTRATOR_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
REGISTRATOR_CACHE=${REGISTRATOR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/registrator}
# shellcheck disable=SC2034 # the callers use it
readonly REGISTRATOR_ROOT REGISTRATOR_CACHE

readonly REQUIRED_JAVA=25

# --- Words -----------------------------------------------------------------------------------------------------------

say()  { printf '%s\n' "$*"; }
step() { printf '\n==> %s\n' "$*"; }
warn() { printf 'warning: %s\n' "$*" >&2; }

# die MESSAGE [WHAT-TO-DO]...
die() {
  printf '\nerror: %s\n' "$1" >&2
  shift
  local advice
  for advice in "$@"; do printf '       %s\n' "$advice" >&2; done
  exit 1
}

# Shows the end of a log before an error that it explains.
show_log() {
  local log=$1
  [[ -s $log ]] || return 0
  printf '\n--- the last lines of %s\n' "$log" >&2
  tail -n 20 -- "$log" >&2
  printf -- '---\n' >&2
}

# --- The end: what was started last is ended first --------------------------------------------------------------------

EXIT_ACTIONS=()
RUNNING_CHILD=

# on_exit COMMAND...: runs when the script ends, however it ends.
on_exit() {
  local action
  printf -v action '%q ' "$@"
  EXIT_ACTIONS+=("$action")
}

run_exit_actions() {
  local status=$? i
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  [[ -z $RUNNING_CHILD ]] || stop_process "$RUNNING_CHILD" 20
  for ((i = ${#EXIT_ACTIONS[@]} - 1; i >= 0; i--)); do eval "${EXIT_ACTIONS[i]}"; done
  exit "$status"
}

trap run_exit_actions EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# Runs a long command so that a signal to the script reaches it at once, rather than after it.
run_interruptibly() {
  "$@" &
  await_child
}

# run_logged LOG COMMAND...: the same, its output to a file. (A redirection of the whole function would also catch what
# the script says when a signal ends it.)
run_logged() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 &
  await_child
}

await_child() {
  local status=0
  RUNNING_CHILD=$!
  wait "$RUNNING_CHILD" || status=$?
  RUNNING_CHILD=
  return "$status"
}

# stop_process PID SECONDS: asks, waits, insists. A process that is gone already is fine.
stop_process() {
  local pid=$1 seconds=$2
  kill -TERM "$pid" 2>/dev/null || return 0
  wait_until "$seconds" process_ended "$pid" || kill -KILL "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  return 0
}

process_ended() {
  ! grep -qs '^State:[[:space:]]*[^ZX]' "/proc/$1/status"
}

# wait_until SECONDS COMMAND...: true as soon as the command is, false after the deadline.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
}

# --- Debian packages -------------------------------------------------------------------------------------------------

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -- "$@"
  else
    die "this needs root: $*" "Run the script as root, or install sudo."
  fi
}

package_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

package_known() {
  # Not into a pipe: grep would end at the first match, and the command before it by SIGPIPE.
  local policy
  policy=$(apt-cache policy "$1" 2>/dev/null)
  [[ $policy =~ Candidate:\ [^\(] ]]
}

refresh_package_lists() {
  [[ -z ${PACKAGE_LISTS_FRESH:-} ]] || return 0
  command -v apt-get >/dev/null || die "this machine has no apt-get" "The scripts install packages on Debian and its relatives only; install by hand: $*"
  local log
  log=$(mktemp)
  # One unreachable third-party source must not stop us: what matters is whether the package can be installed.
  as_root apt-get -qq update >"$log" 2>&1 || warn "apt-get update had trouble: $(tail -n 1 "$log")"
  rm -f "$log"
  PACKAGE_LISTS_FRESH=yes
}

# install_packages PACKAGE...: only what is missing.
install_packages() {
  local package missing=()
  for package in "$@"; do package_installed "$package" || missing+=("$package"); done
  ((${#missing[@]})) || return 0
  say "Installing Debian packages: ${missing[*]}"
  refresh_package_lists "${missing[@]}"
  local log
  log=$(mktemp)
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}" >"$log" 2>&1 </dev/null; then
    show_log "$log"
    die "could not install ${missing[*]}" "Install them by hand, then start this script again."
  fi
  rm -f "$log"
}

# need_commands COMMAND[=PACKAGE]...: those that are missing come from the package, which has the same name if not said.
need_commands() {
  local wanted packages=()
  for wanted in "$@"; do command -v "${wanted%=*}" >/dev/null || packages+=("${wanted#*=}"); done
  install_packages "${packages[@]}"
}

# --- Java ------------------------------------------------------------------------------------------------------------

java_feature_version() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

is_required_jdk() {
  [[ -x $1/bin/javac && $(java_feature_version "$1") == "$REQUIRED_JAVA" ]]
}

find_jdk() {
  local home
  for home in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/*; do
    if is_required_jdk "$home"; then
      (cd -- "$home" && pwd -P)
      return
    fi
  done
  return 1
}

# Exports JAVA_HOME of a JDK of the version that the build wants.
need_jdk() {
  local package=openjdk-$REQUIRED_JAVA-jdk-headless
  if ! find_jdk >/dev/null; then
    refresh_package_lists "$package"
    package_known "$package" && install_packages "$package"
  fi
  JAVA_HOME=$(find_jdk) || die "no JDK $REQUIRED_JAVA on this machine, and this distribution has no $package" \
    "Unpack any JDK $REQUIRED_JAVA (Temurin, for one) below /usr/lib/jvm, or set JAVA_HOME to it."
  export JAVA_HOME
}

need_maven() {
  # Maven brings a Java that will not install where manual pages are left out and even their folder is missing.
  command -v mvn >/dev/null || as_root mkdir -p /usr/share/man/man1
  need_commands mvn=maven
}
