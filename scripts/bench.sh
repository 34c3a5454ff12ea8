#!/usr/bin/env bash
# Measures: scripts/bench.sh BENCHMARK [OPTION]... [-- MAVEN-ARGUMENT...]
#
# latency [--singles N] [--warmup N]: from the engine's event to Consul's answer, beside a client that does the least there can be
# reconcile [--sizes N,N] [--idle SECONDS]: a first pass over many containers, a restart, and a minute of passes without a
#   change
# restart [--containers N] [--runs N]: a restart on a real engine that has so many containers, all registered, beside their
#   inspects alone
# idle: a minute of passes over twenty containers, without a change
# start [--runs N] [--events N]: from the launcher to the end of the first pass, beside a program that only opens both sockets;
#   then what the daemon holds after so many events
# discovery [--starts N]: how long after its first accepted connection a container is discoverable, how long after its stop
#   signal it is not any more, and how soon an unhealthy one is not
# memory [--events N] [--containers N]: what a daemon holds after 10,000 events and after a million; fails where it grows
# jmh: what a call of the pure parts costs: a container's services, the plan, the reading of an inspect
#
# All but jmh take --bundle FOLDER, too: an unpacked bundle, or an installed one, to measure instead of this build's.
#
# Prints a table, which is also in integration-tests/target/bench, as JSON too (discovery: in target/discovery.md). Nothing
# else should run on the machine.
set -euo pipefail

usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

(($# > 0)) || usage
case $1 in
  latency) benchmark=LatencyBenchmark ;;
  reconcile | idle) benchmark=ReconcileBenchmark ;;
  restart) benchmark=RestartBenchmark ;;
  start) benchmark=StartBenchmark ;;
  discovery) benchmark=DiscoveryBenchmark ;;
  jmh) benchmark=MicroBenchmark ;;
  memory) benchmark=MemoryBenchmark ;;
  *) usage ;;
esac
idle=$([[ $1 != idle ]] || echo yes)
shift
options=()
[[ -z $idle ]] || options+=(-Dbench.sizes=20)
while (($# > 0)); do
  if [[ $1 == -- ]]; then
    options+=("${@:2}")
    break
  fi
  (($# > 1)) || usage
  case $1 in
    --starts) options+=("-Dbench.starts=$2") ;;
    --sizes) options+=("-Dbench.sizes=$2") ;;
    --idle) options+=("-Dbench.idle=$2") ;;
    --runs) options+=("-Dbench.runs=$2") ;;
    --bundle) options+=("-Dregistrator.home=$(readlink -e -- "$2")") || usage ;;
    --warmup) options+=("-Dbench.warmup=$2") ;;
    --singles) options+=("-Dbench.singles=$2") ;;
    --events) options+=("-Dbench.events=$2") ;;
    --containers) options+=("-Dbench.containers=$2") ;;
    *) usage ;;
  esac
  shift 2
done

# Longer than any test, and not beside one.
options+=("-Dtest.timeout=2 h" -Dtest.jvm.seconds=14400 -Dit.forks=1)

exec "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/test.sh" \
  -Dit.reruns=0 -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  "-Dit.test=$benchmark" "${options[@]}"
