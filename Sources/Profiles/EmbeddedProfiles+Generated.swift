// Made by Scripts/embed-profiles from profiles/*.yaml; change those instead.

extension EmbeddedProfiles {
  static let texts: [(name: String, text: String)] = [
    (
      name: "general",
      text: #"""
      # A host whose workload is not known: mixed services, files, some databases.
      schema: 1
      name: general
      title: Any host whose workload is not known
      why:
        - Chosen where nothing better is known. Its factors leave room for a host that is measured while
          it is quiet.
      references:
        - Documentation/admin-guide/mm/memory-hotplug.rst, ZONE_MOVABLE Sizing Considerations
        - Documentation/admin-guide/mm/pagetables, one 8-byte entry for each 4 KiB page
      limits:
        fine: "3:1"
        warning: "4:1"
        minimumKernelPerNode: 256MiB
        why: >-
          The kernel's documentation calls 3:1 and up to 4:1 usually fine; a node with less than 256 MiB
          serves its own slab and page tables only while it is idle.
      horizonDays: 90
      growth:
        page-tables:
          percent: 200
          floor: 1/512
          why: Every page of memory mapped once costs 8 bytes; processes that share memory pay again.
        slab-unreclaimable:
          percent: 150
          floor: 1/200
          why: Sockets, tasks and file systems' metadata grow with load; half a percent of memory at least.
        slab-reclaimable:
          percent: 100
          why: Dentries and inodes grow into free memory and are given back under pressure.
        kernel-stacks:
          percent: 200
          why: Twice the threads that run now; 16 KiB each on x86-64.
        percpu:
          percent: 150
          why: Grows with cgroups and network devices.
        vmalloc:
          percent: 125
          why: Modules, BPF programs and large tables change seldom once a host is up.
      margin:
        percent: 20
        minimum: 128MiB
        why: Counters are a moment's view; the kernel needs free blocks of higher orders too.
      """#
    )
  ]
}
