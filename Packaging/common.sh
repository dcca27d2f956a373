# What the scripts of this folder share. They source it with `root` set to the repository.
# shellcheck shell=sh disable=SC2154  # root: by whoever sources it

# The day that goes into packages: SOURCE_DATE_EPOCH, else that of the commit, so that the same
# sources give the same bytes.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
  SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct 2>/dev/null) || {
    echo "error: $root is no git repository, so the day of its sources is not known;" \
      'set SOURCE_DATE_EPOCH to seconds since 1970' >&2
    exit 1
  }
fi
export SOURCE_DATE_EPOCH
# Names are sorted and dates written in one way everywhere.
export LC_ALL=C.UTF-8 TZ=UTC
umask 022

# The machine as `uname -m` names it: what archives are named after.
machine() {
  case $(uname -m) in
    arm64) echo aarch64 ;;
    amd64) echo x86_64 ;;
    *) uname -m ;;
  esac
}

# need COMMAND PACKAGE…: ends with the packages to install where the command is not there.
need() {
  command -v "$1" >/dev/null 2>&1 && return
  wanted=$1
  shift
  echo "error: there is no $wanted; install it with: apt-get install $*" >&2
  exit 1
}
