#!/usr/bin/env bash
# Builds what is installed without an image: scripts/build-packages.sh [FOLDER]   (default: target/packages)
#
#   registrator-VERSION.tar.gz            the bundle alone, for a Java that is there
#   registrator-VERSION-linux-ARCH.tar.gz the same with a Java runtime of its own
#   registrator_VERSION_ARCH.deb          that for Debian and its relatives, with user, unit and settings
#
# For the machine's own architecture. The same commit gives the same bytes (scripts/check-reproducible.sh).
# REGISTRATOR_BUNDLE is a bundle that was built before.
set -euo pipefail

lib=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/lib
# shellcheck source=scripts/lib/host.sh
source "$lib/host.sh"
# shellcheck source=scripts/lib/bundle.sh
source "$lib/bundle.sh"

packages=${1:-$REGISTRATOR_ROOT/target/packages}

# reproducible_tar FOLDER NAME: the folder's contents below that name, to standard output.
reproducible_tar() {
  tar --create --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=gnu \
    --directory "$1" --transform "s,^\.,$2," .
}

make_tarball() {
  local name=registrator-$version-linux-$1
  reproducible_tar "$scratch/bundle" "$name" | gzip --no-name -6 >"$packages/$name.tar.gz"
}

# The bundle whole in the place where the unit and the image have it too, and Debian's places for the rest.
lay_out() {
  local root=$1 home=$1/opt/registrator
  mkdir -p "$home" "$root"/{etc/default,usr/bin,lib/systemd/system,usr/share/{man,doc/registrator,bash-completion/completions,zsh/vendor-completions}}
  cp -a "$scratch/bundle/." "$home"
  mv "$home/systemd/registrator.service" "$root/lib/systemd/system"
  mv "$home/default/registrator" "$root/etc/default"
  mv "$home/man/man1" "$root/usr/share/man"
  gzip --no-name -9 "$root"/usr/share/man/man1/*
  mv "$home/completion/registrator" "$root/usr/share/bash-completion/completions"
  mv "$home/completion/_registrator" "$root/usr/share/zsh/vendor-completions"
  mv "$home/LICENSE" "$root/usr/share/doc/registrator/copyright"
  mv "$home"/{README.md,CHANGELOG.md,CONTRIBUTING.md,docs,examples} "$root/usr/share/doc/registrator"
  rmdir "$home"/{systemd,default,man,completion}
  ln -s ../../opt/registrator/bin/registrator "$root/usr/bin/registrator"
}

write_control() {
  local root=$1 architecture=$2
  mkdir "$root/DEBIAN"
  cp "$REGISTRATOR_ROOT"/packaging/deb/{postinst,prerm,postrm,conffiles} "$root/DEBIAN"
  sed -e "s/@VERSION@/${version/-/\~}/" -e "s/@ARCHITECTURE@/$architecture/" \
    -e "s/@INSTALLED_SIZE@/$(du -sk --apparent-size --exclude=DEBIAN "$root" | cut -f 1)/" \
    "$REGISTRATOR_ROOT/packaging/deb/control.in" >"$root/DEBIAN/control"
  (cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\n' | LC_ALL=C sort | xargs md5sum) >"$root/DEBIAN/md5sums"
}

make_deb() {
  local architecture=$1 root=$scratch/deb
  lay_out "$root"
  write_control "$root" "$architecture"
  chmod -R u=rwX,go=rX "$root"
  find "$root" -exec touch --no-dereference --date "@$epoch" {} +
  # Quick to make and to unpack.
  SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group -Zgzip -z6 --build "$root" \
    "$packages/registrator_${version/-/\~}_$architecture.deb" >/dev/null
}

need_jdk
[[ -n ${REGISTRATOR_BUNDLE:-} ]] || need_maven
need_commands dpkg-deb=dpkg strip=binutils
version=$(project_version)
epoch=$(package_epoch)
scratch=$(mktemp -d)
on_exit rm -rf -- "$scratch"
case $(uname -m) in
  x86_64) architecture=amd64 linux=x64 ;;
  aarch64) architecture=arm64 linux=arm64 ;;
  *) die "no packages are made for $(uname -m)" ;;
esac

say "Building the packages of Registrator $version"
make_bundle "$scratch/bundle"
mkdir -p "$packages"
cp "${REGISTRATOR_BUNDLE:-$(bundle_tarball)}" "$packages/registrator-$version.tar.gz"
make_tarball "$linux"
make_deb "$architecture"
(cd "$packages" && sha256sum -- *"$version"*.tar.gz *.deb >SHA256SUMS)
ls -l --human-readable "$packages" | awk 'NF > 8 { print $5, $9 }'
