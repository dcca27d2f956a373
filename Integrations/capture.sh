#!/bin/sh
# Captures what zonewise reads of a host, where zonewise itself is not installed:
#
#   sh capture.sh [-r] FILE.tar.gz
#
# -r (redact) leaves out the host's name, addresses, serial numbers, and what the kernel is told beyond memory.
# Needs a POSIX shell, cp, sed, awk, tar and gzip; BusyBox has them all. Reads only; as root it also
# gets /proc/pagetypeinfo and /proc/iomem. Then, on any machine: zonewise FILE.tar.gz
set -eu
export LC_ALL=C

redact=no
if [ "${1-}" = -r ]; then
  redact=yes
  shift
fi
if [ $# -ne 1 ]; then
  echo 'usage: capture.sh [-r] FILE.tar.gz' >&2
  exit 64
fi
output=$1
if [ -L "$output" ] || { [ -e "$output" ] && [ ! -f "$output" ]; }; then
  echo "capture.sh: $output exists and is not a regular file" >&2
  exit 2
fi

umask 077
work=$(mktemp -d "${TMPDIR:-/tmp}/zonewise.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
host=$(uname -n | tr -c 'A-Za-z0-9\n-' _)
[ $redact = no ] || host=redacted
root=$work/zonewise-$host
mkdir -p "$root/zonewise"
unreadable=$root/unreadable
: >"$unreadable"

# Copies a file of /proc or /sys, whose size is only known once it is read.
take() {
  [ -f "$1" ] || return 0
  mkdir -p "$root${1%/*}"
  if ! why=$(cat "$1" 2>&1 >"$root$1"); then
    rm -f "$root$1"
    case $why in
      *'ermission denied'*) echo "unreadable $1: permission denied" >>"$unreadable" ;;
      *'o such file'* | *'o such process'*) ;;
      *) echo "unreadable $1: ${why##*: }" >>"$unreadable" ;;
    esac
  fi
}

for name in zoneinfo meminfo vmstat buddyinfo pagetypeinfo cmdline version iomem swaps modules \
  config.gz sys/kernel/osrelease sys/kernel/hostname sys/kernel/arch; do
  take "/proc/$name"
done
for name in min_free_kbytes watermark_scale_factor lowmem_reserve_ratio movable_gigantic_pages \
  hugetlb_optimize_vmemmap compact_unevictable_allowed overcommit_memory swappiness; do
  take "/proc/sys/vm/$name"
done
for file in /sys/module/memory_hotplug/parameters/*; do take "$file"; done
take /etc/os-release
[ -e "$root/proc/config.gz" ] || take "/boot/config-$(uname -r)"

nodes=/sys/devices/system/node
for name in has_memory has_normal_memory online; do take "$nodes/$name"; done
for node in "$nodes"/node[0-9]*; do
  [ -d "$node" ] || continue
  for name in cpulist distance meminfo vmstat numastat; do take "$node/$name"; done
  # Which blocks are the node's: their names alone tell.
  for block in "$node"/memory[0-9]*; do
    if [ -e "$block" ]; then mkdir -p "$root$block"; fi
  done
done
for file in /sys/kernel/mm/hugepages/*/nr_hugepages "$nodes"/node*/hugepages/*/nr_hugepages; do
  for name in nr_hugepages free_hugepages surplus_hugepages; do
    take "${file%/*}/$name"
  done
done
memory=/sys/devices/system/memory
for name in block_size_bytes auto_online_blocks; do take "$memory/$name"; done
for block in "$memory"/memory[0-9]*; do
  [ -d "$block" ] || continue
  take "$block/state"
  take "$block/valid_zones"
done

# Devices and settings that take kernel memory or decide where memory goes: names and small files.
list() {
  [ -d "$1" ] || return 0
  mkdir -p "$root$1"
  for entry in "$1"/*; do
    if [ -e "$entry" ]; then mkdir -p "$root$entry"; fi
  done
}

for folder in /sys/bus /sys/class /sys/block /etc; do
  if [ -d "$folder" ]; then mkdir -p "$root$folder"; fi
done
for folder in /sys/bus/virtio/drivers/virtio_balloon /sys/bus/virtio/drivers/virtio_mem \
  /sys/bus/vmbus/drivers/hv_balloon /sys/bus/nd/devices /sys/bus/dax/devices \
  /sys/bus/dax/drivers/kmem /sys/bus/dax/drivers/device_dax /sys/bus/cxl/devices \
  /sys/bus/vdpa/devices /sys/class/infiniband /sys/class/vfio /sys/class/vfio-dev \
  /sys/devices/system/xen_memory /sys/devices/system/cmm; do
  list "$folder"
done
for file in /sys/bus/virtio/drivers/virtio_balloon/*/features \
  /sys/bus/nd/devices/*/size /sys/bus/nd/devices/*/mode /sys/bus/nd/devices/*/numa_node \
  /sys/bus/nd/devices/*/namespace /sys/bus/dax/devices/*/size /sys/bus/dax/devices/*/align \
  /sys/bus/dax/devices/*/target_node /sys/bus/dax/devices/*/memmap_on_memory \
  /sys/devices/system/xen_memory/*/target_kb /sys/devices/system/xen_memory/*/info/current_kb \
  /sys/block/zram*/disksize /sys/block/zram*/mm_stat /proc/sys/vm/cmm_pages \
  /proc/sys/vm/mem_profiling /proc/1/limits /sys/kernel/kexec_crash_size \
  /sys/module/zswap/parameters/enabled /sys/kernel/mm/lru_gen/enabled \
  /sys/kernel/mm/numa/demotion_enabled /sys/devices/virtual/memory_tiering/*/nodelist \
  /sys/kernel/mm/ksm/run /sys/kernel/mm/ksm/pages_shared /sys/kernel/mm/ksm/pages_sharing \
  /sys/kernel/mm/ksm/pages_unshared /sys/kernel/mm/ksm/pages_volatile \
  /sys/module/kvm_amd/parameters/sev \
  /etc/daxctl.conf.d/*.conf; do
  take "$file"
done
for folder in /etc/udev/rules.d /run/udev/rules.d /usr/lib/udev/rules.d; do
  [ -d "$folder" ] || continue
  mkdir -p "$root$folder"
  for file in "$folder"/*.rules; do
    if grep -q memory "$file" 2>/dev/null; then
      take "$file"
      if [ $redact = yes ]; then
        # A rule goes on behind a backslash; lines of others are left empty.
        awk 'function end(i) { for (i = 1; i <= count; i++) print ours ? rule[i] : ""; count = ours = 0 }
          /^[ \t]*#/ { print ""; next }
          { rule[++count] = $0 } /memory/ { ours = 1 } !/\\$/ { end() } END { end() }' \
          "$root$file" >"$work/rules"
        cp "$work/rules" "$root$file"
      fi
    fi
  done
done

if [ $redact = yes ]; then
  echo redacted >"$root/proc/sys/kernel/hostname"
  rm -f "$root/proc/version"
  for file in "$root/proc/cpuinfo" "$root/etc/os-release"; do
    [ -f "$file" ] || continue
    case $file in
      */cpuinfo) sed '/^[Ss]erial/d' "$file" >"$work/text" ;;
      *) sed -n '/^PRETTY_NAME=/p; /^NAME=/p; /^VERSION=/p' "$file" >"$work/text" ;;
    esac
    cp "$work/text" "$file"
  done
  for file in "$root"/etc/daxctl.conf.d/*.conf; do
    [ -f "$file" ] || continue
    sed 's/^\(\[[a-z-]*\).*/\1]/; /^\[/b
      /^\(no-\)\{0,1\}\(mode\|online\|movable\)[ 	=]/!s/.*//' "$file" >"$work/text"
    cp "$work/text" "$file"
  done
  # Texts in quotes are names and paths of whoever built the kernel.
  for file in "$root/proc/config.gz" "$root"/boot/config-*; do
    [ -f "$file" ] || continue
    case $file in
      *.gz) gzip -dc "$file" >"$work/config" || : >"$work/config" ;;
      *) cp "$file" "$work/config" ;;
    esac
    sed '/"/d' "$work/config" >"$file"
  done
  # Only arguments that decide about memory keep their values; what is meant for init goes.
  sed 's/ -- .*//' "$root/proc/cmdline" | awk '
    BEGIN {
      count = split("kernelcore movablecore movable_node mem memmap hugepages hugepagesz " \
        "default_hugepagesz cma cma_pernuma numa_cma crashkernel memhp_default_state numa " \
        "numa_balancing transparent_hugepage swiotlb deferred_init kasan page_owner page_poison " \
        "debug_pagealloc slub_debug slab_debug init_on_alloc init_on_free nr_cpus maxcpus " \
        "possible_cpus percpu_alloc vmalloc reserve_mem efi accept_memory mitigations pti iommu " \
        "intel_iommu amd_iommu swapaccount cgroup.memory", names, " ")
      for (i = 1; i <= count; i++) kept[names[i]] = 1
      # Options without a value; any other word alone may be a name or a token.
      count = split("ro rw quiet debug splash rootwait nosmp nomodeset nokaslr kaslr noapic nolapic nopti nosmt " \
        "noexec nohz nopat noresume keepinitrd ignore_loglevel hashdist threadirqs single earlycon " \
        "acpi_no_memhotplug slab_nomerge slub_nomerge kmemleak", names, " ")
      for (i = 1; i <= count; i++) options[names[i]] = 1
    }
    {
      for (i = 1; i <= NF; i++) {
        name = $i
        sub(/=.*/, "", name)
        plain = name
        gsub(/-/, "_", plain)
        if (index($i, "=") == 0) {
          near = plain ~ /(movable|kernelcore|hotplug|memhp|hugepage)/ && plain ~ /^[a-z0-9_.]+$/
          line = line " " (plain in options || plain in kept || near ? $i : "redacted")
        } else if (plain in kept || plain ~ /^(memory_hotplug\.|hugetlb|zswap\.|dax[._]|cxl_|nd_)/) {
          line = line " " $i
        } else if (plain ~ /^[A-Za-z0-9_.]+$/ && plain !~ /^[0-9a-fA-F.]*[0-9][0-9a-fA-F.]*$/ &&
          length(plain) <= 48 && (digits = gsub(/[0-9]/, "&", plain)) <= 4 && digits * 2 < length(plain)) {
          line = line " " name "=redacted"
        } else {
          line = line " redacted=redacted"
        }
      }
    }
    END { print substr(line, 2) }
  ' >"$work/cmdline"
  cp "$work/cmdline" "$root/proc/cmdline"
  if [ -f "$root/proc/swaps" ]; then
    awk 'NR == 1 || NF < 5 { print; next }
      { printf "/redacted%d\t%s\t%s\t%s\t%s\n", NR - 1, $(NF-3), $(NF-2), $(NF-1), $NF }' \
      "$root/proc/swaps" >"$work/swaps"
    cp "$work/swaps" "$root/proc/swaps"
  fi
fi

{
  echo 'zonewise-capture 1'
  echo 'tool capture.sh 1'
  echo "kernel $(uname -r)"
  echo "machine $(uname -m)"
  echo "taken $(date -u +%Y-%m-%dT%H:%M:%SZ)"
  echo "redacted $redact"
  cat "$unreadable"
} >"$root/zonewise/manifest"
rm -f "$unreadable"

if [ ! -s "$root/proc/zoneinfo" ]; then
  echo 'capture.sh: /proc/zoneinfo could not be read: nothing can be judged without it' >&2
  exit 2
fi
# In the same directory, so that the file appears whole or not at all.
part=$output.$$.tmp
set -C
: >"$part"
set +C
owner=
if tar cf /dev/null --numeric-owner "$root/zonewise" 2>/dev/null; then owner=--numeric-owner; fi
# shellcheck disable=SC2086
(cd "$work" && tar cf - $owner "zonewise-$host") | gzip -n >"$part"
# Some tars write the owner's name all the same.
owner=$(gzip -dc "$part" 2>/dev/null | dd bs=1 skip=265 count=32 2>/dev/null | tr -d '\000')
if [ $redact = yes ] && [ -n "$owner" ]; then
  echo "capture.sh: this system's tar writes who ran it: the name '$owner' is in the capture" >&2
fi
mv -f "$part" "$output"
echo "capture.sh: $output" >&2
sed -n 's/^unreadable /not in it: /p' "$root/zonewise/manifest" >&2
