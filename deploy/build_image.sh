#!/bin/bash
# Build the learner's image on a Debian without a container engine or a registry: root, debootstrap and a Debian mirror are all it needs.
#
#   deploy/build_image.sh HANDOUT WORK [MIRROR]
#
# HANDOUT is the folder that `course.py handout` made. WORK is an empty folder (or the one of an earlier build, whose Debian is then used
# again). It ends with WORK/dateline.tar, an image as `docker load` and `podman load` take it, and WORK/root, its files. With an engine none
# of this is needed; README.md has that way.
#
# Why the parts are there: buildah is installed in a Debian of its own (trixie; earlier ones were not tried), because its packages cannot be
# configured while debootstrap runs; that Debian must be a mount point of its own, or committing fails; limits must be named where the
# machine's are lower than buildah's own; netavark is asked for even where the network is the machine's.
set -euo pipefail
handout=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
mirror=${3:-$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1)}
mirror=${mirror:-http://deb.debian.org/debian}
here=$(dirname "$(realpath "$0")")

missing() { echo "The image is not built: $1" >&2; exit 75; }
[ "$(id -u)" = 0 ] || missing "it needs root."
command -v debootstrap >/dev/null || missing "debootstrap is not installed (apt-get install debootstrap)."
command -v unshare >/dev/null || missing "unshare is not installed (it is in util-linux)."
unshare -m true 2>/dev/null || missing "this machine allows no mounts of one's own."
[ -f "$handout/manifest.json" ] || [ -f "$handout/course.py" ] || missing "$handout is no handout; make one with course.py handout."
if [ -d "$handout/solutions" ]; then missing "$handout holds the keys. Make the learners' copy with course.py handout."; fi

base=$work/base builder=$work/builder
if [ ! -f "$base/etc/debian_version" ]; then
  debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates trixie "$base" "$mirror" >"$work/debootstrap.log"
fi
if [ ! -x "$builder/usr/bin/buildah" ]; then
  rm -rf "$builder" && cp -a "$base" "$builder"
  cp /etc/resolv.conf /etc/hosts "$builder/etc/"
  chroot "$builder" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive chroot "$builder" apt-get install -y -qq --no-install-recommends buildah crun netavark >"$work/apt.log" 2>&1
fi

rm -rf "$builder/img" && mkdir -p "$builder/img/base" "$builder/img/tmp" "$builder/img/certs" "$builder/img/context/deploy"
tar -C "$base" --exclude='./proc/*' --exclude='./dev/*' --exclude=./var/cache/apt --exclude=./var/lib/apt/lists -cf "$builder/img/base/base.tar" .
printf 'FROM scratch\nADD base.tar /\n' >"$builder/img/base/Dockerfile"
cp -a "$handout/." "$builder/img/context/"
cp "$here/Dockerfile" "$builder/img/context/"
cp "$here/dockerignore" "$builder/img/context/.dockerignore"
cp "$here/start" "$builder/img/context/deploy/"
cp -L /etc/ssl/certs/ca-certificates.crt "$builder/img/certs/"
printf '[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n' >"$builder/img/pip.conf"

export builder
# shellcheck disable=SC2016
unshare -m bash -euc '
  mount --make-rprivate /; mount --bind "$builder" "$builder"
  mount -t proc proc "$builder/proc"; mount --rbind /dev "$builder/dev"; mount -t sysfs sys "$builder/sys"
  limits="--ulimit nofile=$(ulimit -n):$(ulimit -n) --ulimit nproc=$(ulimit -u):$(ulimit -u)"
  [ "$(ulimit -u)" = unlimited ] && limits="--ulimit nofile=$(ulimit -n):$(ulimit -n)"
  exec chroot "$builder" sh -euc "
    cd /img; export STORAGE_DRIVER=vfs TMPDIR=/img/tmp
    how=\"--isolation chroot --network host --layers=false $limits\"
    buildah bud \$how -t localhost/dateline-base base
    buildah bud \$how --build-arg BASE=localhost/dateline-base -v /img/certs:/etc/ssl/certs:ro -v /img/pip.conf:/etc/pip.conf:ro -t dateline:1 context
    buildah push dateline:1 docker-archive:/img/dateline.tar:dateline:1
    name=\$(buildah from dateline:1); cp -a \"\$(buildah mount \$name)\" /img/root
    buildah images
  "
'
rm -rf "$work/root"
mv "$builder/img/dateline.tar" "$work/" && mv "$builder/img/root" "$work/root"
du -sh "$work/root" "$work/dateline.tar"
