# shellcheck shell=bash
# What the tests of the status page and of the metrics look with: Chromium and promtool. Needs host.sh.

# Sets CHROMIUM.
need_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do
    if CHROMIUM=$(command -v "$name"); then
      return
    fi
  done
  # Headless Chromium draws no text without a font.
  install_packages chromium fonts-dejavu-core
  CHROMIUM=$(command -v chromium) || die "Debian's chromium has no program chromium"
}

# Sets PROMTOOL: the one on PATH, else the one from Debian's package unpacked into the cache folder. Nothing is installed:
# the package would also start a server.
need_promtool() {
  if PROMTOOL=$(command -v promtool); then
    return
  fi
  PROMTOOL=$REGISTRATOR_CACHE/prometheus/usr/bin/promtool
  if [[ ! -x $PROMTOOL ]]; then
    say "Fetching promtool into $REGISTRATOR_CACHE/prometheus"
    unpack_prometheus_package
  fi
}

# A subshell: works in a scratch folder, and moves the result into place only when it is whole.
unpack_prometheus_package() (
  local scratch
  mkdir -p "$REGISTRATOR_CACHE"
  scratch=$(mktemp -d "$REGISTRATOR_CACHE/prometheus.XXXXXX")
  trap 'rm -rf -- "$scratch"' EXIT
  refresh_package_lists prometheus
  cd "$scratch" || exit
  if ! apt-get -q -o APT::Sandbox::User=root download prometheus >apt.log 2>&1; then
    show_log "$scratch/apt.log"
    die "could not fetch Debian's package of Prometheus" "Put promtool on the PATH, then start this script again."
  fi
  dpkg -x prometheus_*.deb root
  rm -rf "$REGISTRATOR_CACHE/prometheus"
  mv root "$REGISTRATOR_CACHE/prometheus"
)
