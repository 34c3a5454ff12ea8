#!/usr/bin/env bash
# Mutation tests: scripts/mutate.sh [--threads N] [--tests GLOB]... [PACKAGE]...
#
# Changes the classes of each PACKAGE of registrator-core one by one (PIT, its default mutators) and runs the tests of the
# same package, to see which changes none of them notices: those are listed, and the share that was noticed is printed.
# Packages: plan, derive, reconcile and registry.consul unless told otherwise. The unit tests count alone; for consul its integration
# tests too, which start agents from REGISTRATOR_TEST_CONSUL_BINARY (see README.md beside this). --tests adds tests of
# other packages, as a class name with asterisks. One thread, unless told otherwise: it takes minutes, and is not part of CI.
set -euo pipefail

usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

lib=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib
# shellcheck source=scripts/lib/host.sh
source "$lib/host.sh"

threads=1
packages=()
more=
while (($# > 0)); do
  case $1 in
    --threads | --tests)
      (($# > 1)) || usage
      [[ $1 == --threads ]] && threads=$2 || more+=,$2
      shift
      ;;
    -*) usage ;;
    *) packages+=("$1") ;;
  esac
  shift
done
((${#packages[@]} > 0)) || packages=(plan derive reconcile registry.consul)

# Prints the tests of a package.
tests_of() {
  local package=io.registrator.$1
  printf '%s.*Test,%s.*Properties,%s.*Vectors' "$package" "$package" "$package"
  [[ $1 != registry.consul ]] || printf ',%s.*IT' "$package"
}

# Prints what no test noticed, and the score. Reads PIT's mutations.xml.
summary() {
  awk -v RS='</mutation>' '
    function field(name) { return match($0, "<" name ">[^<]*") ? substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 2) : "" }
    function plain(text) { gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&#39;/, "\047", text); gsub(/&quot;/, "\"", text); gsub(/&amp;/, "\\&", text); return text }
    /<mutation / {
      match($0, /status=.[A-Z_]*/); status = substr($0, RSTART + 8, RLENGTH - 8)
      all++
      if ($0 ~ /detected=.true/) { noticed++; next }
      class = field("mutatedClass"); sub(/^io\.registrator\./, "", class)
      printf "%s %s:%s %s: %s\n", (status == "NO_COVERAGE" ? "not run " : "survived"), class, field("lineNumber"), plain(field("mutatedMethod")), plain(field("description")) | "sort"
    }
    END { close("sort"); printf "%d of %d changes were noticed: %d %%\n", noticed, all, all ? 100 * noticed / all : 0; exit !all }
  ' "$1"
}

step "What the mutations need"
need_jdk
need_maven
if [[ " ${packages[*]} " == *" registry.consul "* && -z ${REGISTRATOR_TEST_CONSUL_BINARY:-} ]]; then
  # shellcheck source=scripts/lib/consul.sh
  source "$lib/consul.sh"
  need_consul_binary
  export REGISTRATOR_TEST_CONSUL_BINARY=$CONSUL_BINARY
fi
cd "$REGISTRATOR_ROOT"
mvn -B -ntp -q -Pplain test-compile -pl registrator-core -Dspotless.check.skip=true

for package in "${packages[@]}"; do
  step "$package"
  [[ -d registrator-core/src/main/java/io/registrator/${package//.//} ]] || die "there is no package $package in registrator-core"
  report=$REGISTRATOR_ROOT/registrator-core/target/mutations/$package
  log=$REGISTRATOR_ROOT/registrator-core/target/mutations/$package.log
  mkdir -p "$report"
  run_logged "$log" mvn -B -ntp -Pplain,mutate org.pitest:pitest-maven:mutationCoverage -pl registrator-core \
    "-Dthreads=$threads" "-DreportsDirectory=$report" "-DtargetTests=$(tests_of "$package")$more" \
    "-DtargetClasses=io.registrator.$package.*" || {
    show_log "$log"
    die "PIT could not work; its output is in $log"
  }
  summary "$report/mutations.xml"
  say "Report: $report/index.html"
done
