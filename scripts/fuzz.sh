#!/usr/bin/env bash
# Fuzzing: scripts/fuzz.sh [--seconds N] [TARGET]...
#
# Runs the fuzz targets, each for 600 seconds unless told otherwise, one after the other, or only those whose names hold a
# TARGET. Starts from the inputs kept in src/test/resources/**/*Inputs, which the unit tests replay. What a run finds is
# written beside them, so that it stays a test; ends with 1 then.
set -euo pipefail

usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

lib=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib
# shellcheck source=scripts/lib/host.sh
source "$lib/host.sh"

seconds=600
wanted=()
while (($# > 0)); do
  case $1 in
    --seconds)
      (($# > 1)) || usage
      seconds=$2
      shift
      ;;
    -*) usage ;;
    *) wanted+=("$1") ;;
  esac
  shift
done

# Module, class and method of every target.
targets() {
  local file module class
  while IFS= read -r file; do
    module=${file%%/*}
    class=${file#*/src/test/java/}
    class=${class%.java}
    sed -n 's/^ *void \([a-zA-Z]*\)(byte\[\].*/\1/p' "$file" | sed "s|^|$module ${class//\//.} |"
  done < <(find registrator-* -path '*/src/test/java/*' -name '*FuzzTest.java' | sort)
}

is_wanted() {
  local name=$1 part
  ((${#wanted[@]} > 0)) || return 0
  for part in "${wanted[@]}"; do
    [[ $name != *"$part"* ]] || return 0
  done
  return 1
}

step "What the fuzzers need"
need_jdk
need_maven
cd "$REGISTRATOR_ROOT"
mvn -B -ntp -q -pl registrator-core,packaging/training,registrator-cli test-compile dependency:build-classpath \
  -Dspotless.check.skip=true -DincludeScope=test -Dmdep.outputFile=target/fuzz.classpath
failed=()
while read -r module class method; do
  is_wanted "$class.$method" || continue
  step "$class.$method, $seconds s"
  inputs=$module/src/test/resources/$(dirname "${class//.//}")/${class##*.}Inputs/$method
  corpus=$module/.cifuzz-corpus/$class/$method
  mkdir -p "$inputs" "$corpus"
  "$JAVA_HOME/bin/java" -Xmx512m -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED \
    -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/fuzz.classpath")" \
    com.code_intelligence.jazzer.Jazzer "--target_class=$class" "--target_method=$method" \
    "--reproducer_path=$module/target" "-artifact_prefix=$inputs/" "-max_total_time=$seconds" -timeout=20 \
    -rss_limit_mb=0 "$corpus" "$inputs" </dev/null || failed+=("$class.$method")
done < <(targets)

((${#failed[@]} == 0)) || die "findings in: ${failed[*]}; the inputs lie beside the tests' others"
