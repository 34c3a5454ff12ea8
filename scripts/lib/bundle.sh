# shellcheck shell=bash
# The bundle as Maven packs it, alone or with a Java runtime of its own. Needs host.sh.

readonly BUILD_SECONDS=900

project_version() {
  # The first version in the POM is the project's own.
  sed -n 's:^ *<version>\(.*\)</version>.*:\1:p' "$REGISTRATOR_ROOT/pom.xml" | head -n 1
}

# The moment that every file in a package carries: that of the POM, unless SOURCE_DATE_EPOCH says another.
package_epoch() {
  echo "${SOURCE_DATE_EPOCH:-$(date --date "$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$REGISTRATOR_ROOT/pom.xml")" +%s)}"
}

bundle_tarball() {
  echo "$REGISTRATOR_ROOT/registrator-cli/target/registrator-$(project_version).tar.gz"
}

# Without the checks of the code: those are for whoever writes it.
build_bundle() {
  local log
  # Jars keep the modes of the files in them.
  umask 022
  log=$(mktemp)
  if ! run_logged "$log" timeout "$BUILD_SECONDS" mvn -f "$REGISTRATOR_ROOT/pom.xml" -B -ntp -q -Pplain -Dmaven.test.skip=true \
    -Dspotless.check.skip=true package -pl registrator-cli -am; then
    show_log "$log"
    die "Registrator did not build" "The whole log is in $log."
  fi
  rm -f "$log"
}

# make_bundle FOLDER: an unpacked bundle with a runtime; from REGISTRATOR_BUNDLE, a tarball built before, else built here.
make_bundle() {
  local folder=$1 tarball=${REGISTRATOR_BUNDLE:-}
  if [[ -z $tarball ]]; then
    build_bundle
    tarball=$(bundle_tarball)
  fi
  mkdir -p "$folder"
  tar -xzf "$tarball" --strip-components=1 -C "$folder"
  make_packaged_runtime
  cp -a "$PACKAGED_RUNTIME" "$folder/runtime"
}

# Sets PACKAGED_RUNTIME: the runtime that packages come with, linked once for each JDK and way of linking.
make_packaged_runtime() {
  local key scratch
  key=$(cat "$JAVA_HOME/release" "$REGISTRATOR_ROOT"/packaging/runtime/* | sha256sum | cut -c 1-12)
  PACKAGED_RUNTIME=$REGISTRATOR_CACHE/packaged-runtime-$key
  [[ ! -x $PACKAGED_RUNTIME/bin/java ]] || return 0
  say "Linking a Java runtime"
  mkdir -p "$REGISTRATOR_CACHE"
  scratch=$(mktemp -d "$REGISTRATOR_CACHE/packaged-runtime.XXXXXX")
  timeout 300 "$REGISTRATOR_ROOT/packaging/runtime/link" "$JAVA_HOME" "$scratch/runtime" || die "jlink made no runtime"
  # Another script may have been as fast.
  mv -T "$scratch/runtime" "$PACKAGED_RUNTIME" 2>/dev/null || [[ -x $PACKAGED_RUNTIME/bin/java ]]
  rm -rf -- "$scratch"
}
