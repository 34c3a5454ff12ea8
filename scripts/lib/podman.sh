# shellcheck shell=bash
# Podman, for the tests alone. Needs host.sh.

# Sets PODMAN; empty where it can't be had, which is said: the tests that need it are skipped then.
need_podman() {
  PODMAN=$(command -v podman) || PODMAN=
  if [[ -z $PODMAN ]]; then
    refresh_package_lists podman
    # A subshell, so that a failure ends no more than the attempt.
    if package_known podman && (install_podman); then
      PODMAN=$(command -v podman)
    fi
  fi
  if [[ -n $PODMAN ]]; then
    say "Podman: $PODMAN ($("$PODMAN" version --format '{{.Client.Version}}' 2>/dev/null))"
  else
    warn "no podman on this machine, so its tests are skipped"
  fi
}

# netavark rather than the older plugins that the package would take; runc, because crun refuses hybrid cgroups.
install_podman() {
  install_packages podman netavark iptables
  need_commands runc
}
