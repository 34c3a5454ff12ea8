#!/usr/bin/env bash
# Chaos soak: scripts/soak.sh [--minutes N] [--hours N] [--seconds N] [--seed N]... [--together N] [--faults TEXT]
#
# Does random things to containers while engine, Consul, the network between them, the clock and the daemon itself fail,
# compares Consul with the engine at every quiet point, and watches all along the services that nobody touches. Five minutes
# unless told otherwise. Each --seed is a run of its own, and the same seed gives the same run again; --together says how many
# of them go on at a time, all unless told otherwise. --faults takes only those faults whose names hold TEXT. Ends with a
# table, which is also in integration-tests/target/soak.md, and with 1 if anything was not as it should be.
set -euo pipefail

usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

seconds=300
seeds=
options=()
while (($# > 0)); do
  (($# > 1)) || usage
  case $1 in
    --minutes) seconds=$(($2 * 60)) ;;
    --hours) seconds=$(($2 * 3600)) ;;
    --seconds) seconds=$2 ;;
    --seed) seeds+=$2, ;;
    --together) options+=("-Dsoak.together=$2") ;;
    --faults) options+=("-Dsoak.faults=$2") ;;
    *) usage ;;
  esac
  shift 2
done

exec "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/test.sh" \
  -Dit.reruns=0 -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dit.test=SoakIT "-Dsoak.seconds=$seconds" "-Dsoak.seeds=$seeds" "${options[@]}"
