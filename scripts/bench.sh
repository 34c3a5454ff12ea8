#!/usr/bin/env bash
# Measures: scripts/bench.sh discovery [--starts N]
#
# discovery: how long after its first accepted connection a container is discoverable, how long after its stop signal it is
# not any more, and how soon an unhealthy one is not. Prints a table, which is also in integration-tests/target/discovery.md.
# Nothing else should run on the machine; 200 starts a row unless told otherwise, about ten minutes in all.
set -euo pipefail

usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

(($# > 0)) || usage
case $1 in
  discovery) benchmark=DiscoveryBenchmark ;;
  *) usage ;;
esac
shift
options=()
while (($# > 0)); do
  (($# > 1)) || usage
  case $1 in
    --starts) options+=("-Dbench.starts=$2") ;;
    *) usage ;;
  esac
  shift 2
done

exec "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/test.sh" \
  -Dit.reruns=0 -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  "-Dit.test=$benchmark" "${options[@]}"
