#!/usr/bin/env bash
# Looks for known vulnerabilities in what is shipped: scripts/check-dependencies.sh
#
# Writes the bill of materials (target/bom.json, CycloneDX) and hands it to the scanner that is installed: osv-scanner, grype or
# trivy. Each can be used without a network where its data was fetched before: OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY,
# GRYPE_DB_CACHE_DIR or TRIVY_CACHE_DIR name the folder, and REGISTRATOR_OFFLINE=true keeps the scanner from asking anybody. Ends
# with 1 if anything is found.
set -euo pipefail

lib=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib
# shellcheck source=scripts/lib/host.sh
source "$lib/host.sh"

readonly BOM=$REGISTRATOR_ROOT/target/bom.json
offline=${REGISTRATOR_OFFLINE:-false}

# scan_with SCANNER: its own exit code says whether it found something.
scan_with() {
  case $1 in
    osv-scanner) osv-scanner scan --sbom "$BOM" $([[ $offline != true ]] || echo --offline) ;;
    grype) GRYPE_DB_AUTO_UPDATE=$([[ $offline == true ]] && echo false || echo true) grype "sbom:$BOM" --fail-on low ;;
    trivy) trivy sbom --exit-code 1 $([[ $offline != true ]] || echo "--offline-scan --skip-db-update --skip-java-db-update") "$BOM" ;;
  esac
}

find_scanner() {
  local scanner
  for scanner in osv-scanner grype trivy; do
    if command -v "$scanner" >/dev/null; then
      echo "$scanner"
      return
    fi
  done
  return 1
}

scanner=$(find_scanner) || die "no scanner for known vulnerabilities on this machine" "Install osv-scanner, grype or trivy."
need_jdk
need_maven
cd "$REGISTRATOR_ROOT"
step "The bill of materials"
mvn -B -ntp -q -Psbom,plain -Dmaven.test.skip=true -Dspotless.check.skip=true package
say "$(grep -c '"purl"' "$BOM") components in $BOM"
step "$scanner"
scan_with "$scanner" || die "$scanner found something" "Update what it names, or say in the release's pull request why it does not matter."
