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
seeds=()
together=
options=()
while (($# > 0)); do
  (($# > 1)) || usage
  case $1 in
    --seconds) seconds=$2 ;;
    --minutes) seconds=$(($2 * 60)) ;;
    --hours) seconds=$(($2 * 3600)) ;;
    --seed) seeds+=("$2") ;;
    --together) together=$2 ;;
    --faults) options+=("-Dsoak.faults=$2") ;;
    *) usage ;;
  esac
  shift 2
done

count=$((${#seeds[@]} > 0 ? ${#seeds[@]} : 1))
together=${together:-$count}
# More than the test's own limits, which name what hangs.
limit=$(((count + together - 1) / together * (seconds + 900) + 300))

exec "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/test.sh" \
  -Dit.reruns=0 -Dit.forks=1 "-Dtest.jvm.seconds=$limit" \
  -Dtest=NoUnitTest -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=SoakIT \
  -Dsoak.timed=true "-Dsoak.seconds=$seconds" "-Dsoak.seeds=$(IFS=,; echo "${seeds[*]}")" "-Dsoak.together=$together" \
  "${options[@]}"
