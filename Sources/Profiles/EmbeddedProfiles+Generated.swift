// Made by Scripts/embed-profiles from profiles/*.yaml; change those instead.

extension EmbeddedProfiles {
  static let texts: [(name: String, text: String)] = [
    (
      name: "cxl-pool",
      text: #"""
      # CXL memory as nodes without cpus, onlined by dax/kmem.
      schema: 1
      name: cxl-pool
      title: A host with pooled or expanded CXL memory
      extends: general
      why:
        - CXL memory goes online as Movable on nodes of its own; what the kernel needs for it, memmap
          first, is paid by the nodes with cpus unless memmap_on_memory is on for the module and for the
          device. The auto-movable policy with numa_aware=Y never onlines such nodes Movable.
      references:
        - drivers/dax/kmem.c; drivers/dax/cxl.c
        - Documentation/admin-guide/mm/memory-hotplug.rst, memmap_on_memory
      growth:
        memmap-hot-added:
          percent: 100
          floor: 2/64
          why: >-
            A pool that adds twice the local memory: 2 × 1/64. With memmap_on_memory on both switches it
            is on the device; set the floor to 0/64 then.
        page-tables:
          percent: 300
          floor: 1/512
          why: >-
            8 bytes for each 4 KiB that is mapped once; with a pool of twice the local memory three times
            as much is mapped.
      selectors:
        - device: cxl
          points: 60
          why: A CXL memory device or region is there.
        - device: kmem
          points: 25
          why: A DAX device is used as memory.
        - memoryOnlyNodes: 1
          points: 15
          why: A node has memory and no cpus.
      """#
    ),
    (
      name: "database-hugepages",
      text: #"""
      # PostgreSQL, Oracle, Db2, SAP HANA: a buffer pool in 2 MiB pages, many connections.
      schema: 1
      name: database-hugepages
      title: A database whose buffers are in 2 MiB HugeTLB pages
      extends: general
      why:
        - Huge pages of 2 MiB are movable where the architecture migrates them (x86-64, arm64, riscv,
          ppc64), and cost 8 bytes of page table each instead of 4 KiB. What is left for kernel zones is
          the memory of connections.
      references:
        - Documentation/admin-guide/mm/hugetlbpage.rst
        - mm/hugetlb.c, hugepage_movable_supported
      growth:
        page-tables:
          percent: 200
          floor: 1/1024
          why: >-
            About half of memory is in huge pages (2 MiB ÷ 8 B = 1/262144, nothing); the other half is
            mapped with 4 KiB pages: 1/2 × 1/512.
        kernel-stacks:
          percent: 300
          why: >-
            A process or thread for each connection, 16 KiB of stack each; load tests triple what a quiet
            moment shows.
      planned:
        - name: connections
          size: 128MiB
          per: host
          why: >-
            2000 connections, each with a stack (16 KiB), a task and its mm (about 16 KiB), and sockets
            (about 32 KiB): 2000 × 64 KiB = 125 MiB.
      selectors:
        - hugepages: 2MiB
          atLeast: 1/4
          points: 55
          why: A quarter of memory or more in 2 MiB pages is a buffer pool.
        - argument: transparent_hugepage=never
          points: 15
          why: Databases ask for it.
      """#
    ),
    (
      name: "debug-kernel-kasan",
      text: #"""
      # Debug kernels: KASAN, KMSAN, page_owner, kmemleak.
      schema: 1
      name: debug-kernel-kasan
      title: A debug kernel (KASAN, KMSAN, page_owner)
      extends: general
      why:
        - Generic KASAN keeps a shadow of 1/8 of memory. For boot memory it is reserved at boot and not
          in kernel zones' managed pages; for memory that is hot-added it comes out of kernel zones, on
          top of memmap.
      references:
        - mm/kasan/shadow.c, kasan_mem_notifier; mm/kasan/quarantine.c, QUARANTINE_FRACTION 32
        - Documentation/dev-tools/kasan.rst
      limits:
        fine: "2:1"
        warning: "3:1"
        minimumKernelPerNode: 512MiB
        why: >-
          Added Movable memory costs 1/8 of shadow and 1/64 of memmap: 9/64 of it. At 2:1 that is 18/64
          of the kernel memory, at 3:1 already 27/64.
      growth:
        slab-unreclaimable:
          percent: 200
          floor: 3/64
          why: >-
            Freed objects wait in a quarantine of up to 1/32 of memory (2/64), and red zones add to every
            object; 1/64 for those.
        kernel-stacks:
          percent: 200
          why: Stacks are doubled with KASAN (KASAN_STACK_ORDER 1), 32 KiB each.
        vmalloc:
          percent: 150
          why: vmalloc memory has a shadow of 1/8 too (KASAN_VMALLOC).
      selectors:
        - config: [KASAN, KASAN_GENERIC]
          points: 80
          why: The kernel was built with KASAN.
        - config: [KMSAN]
          points: 80
          why: The kernel was built with KMSAN.
        - argument: page_owner=on
          points: 30
          why: Each page has its owner's stack.
        - config: [DEBUG_KMEMLEAK]
          points: 25
          why: Each object is tracked.
      """#
    ),
    (
      name: "dpdk",
      text: #"""
      # Packet processing on 1 GiB pages: DPDK, VPP, OVS-DPDK, SPDK.
      schema: 1
      name: dpdk
      title: Packet processing on 1 GiB pages
      extends: general
      why:
        - Pages of 1 GiB are larger than the buddy allocator's blocks. Taken at run time they come from
          kernel zones (since 5.1, unless vm.movable_gigantic_pages or hugetlb_cma say otherwise); taken
          at boot they lie at the top of each node, inside a ZONE_MOVABLE. VFIO's pins leave it since
          5.13, and a gigantic page moves only into a free one of its size that lies outside; where there
          is none, mapping the pool fails. Before 5.13 the pins stay in ZONE_MOVABLE, and with them the
          blocks.
      references:
        - mm/hugetlb.c, alloc_gigantic_folio, alloc_migrate_hugetlb_folio, dequeue_hugetlb_folio_node_exact
        - https://doc.dpdk.org/guides/linux_gsg/sys_reqs.html
      limits:
        fine: "1:1"
        warning: "2:1"
        minimumKernelPerNode: 1GiB
        why: >-
          Pools of a quarter of memory in 1 GiB pages, the same again for alignment and for the kernel:
          half of memory for kernel zones, 1:1. At 2:1 a third is left.
      growth:
        gigantic-pages:
          percent: 100
          floor: 1/4
          why: A pool of a quarter of each node, such as 16 of 64 GiB for packet buffers.
        pinned:
          percent: 100
          why: VFIO pins the pool itself, which is counted as gigantic pages.
      selectors:
        - hugepages: 1GiB
          atLeast: 1/16
          points: 55
          why: Pages of 1 GiB hold a sixteenth of memory or more.
        - argument: default_hugepagesz=1G
          points: 20
          why: Programs get 1 GiB pages unless they ask for others.
        - module: [igb_uio, uio_pci_generic, vfio_pci]
          points: 15
          why: Network cards are handed to programs.
        - argument: isolcpus
          points: 10
          why: Cores are kept for polling.
      """#
    ),
    (
      name: "file-mmap-heavy",
      text: #"""
      # Lucene, Elasticsearch, LMDB, MongoDB, Kafka indexes: files far larger than memory, mapped.
      schema: 1
      name: file-mmap-heavy
      title: Programs that map files larger than memory
      extends: general
      why:
        - A page table stays when the page that it pointed to is evicted from the page cache. Files that
          are larger than memory therefore cost page tables for all that was ever touched.
      references:
        - Documentation/mm/page_tables.rst
        - Documentation/admin-guide/mm/memory-hotplug.rst, on page tables of large file mappings
      growth:
        page-tables:
          percent: 300
          floor: 1/128
          why: >-
            Files of four times the memory, mapped with 4 KiB pages and read through: 4 × 1/512. A second
            process that maps them pays the same again.
        slab-reclaimable:
          percent: 150
          why: Radix-tree nodes of the page cache (576 bytes for 64 pages, 1/455) grow with it.
      selectors:
        - meminfo: Mapped
          atLeast: 1/4
          points: 60
          why: A quarter of memory or more is mapped files.
        - meminfo: PageTables
          atLeast: 1/256
          points: 15
          why: Page tables are larger than memory mapped once with 4 KiB pages needs.
      """#
    ),
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
        - Documentation/mm/page_tables.rst, one 8-byte entry for each 4 KiB page
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
          why: >-
            8 bytes for each 4 KiB page that is mapped once: 1/512 of memory when all of it is.
            Processes that share memory pay again.
        slab-unreclaimable:
          percent: 150
          floor: 1/200
          why: >-
            Sockets, tasks and file systems' metadata grow with load; half a percent of memory at least,
            a rule of thumb from idle hosts.
        slab-reclaimable:
          percent: 100
          why: Dentries and inodes grow into free memory and are given back under pressure.
        kernel-stacks:
          percent: 200
          why: Twice the threads that run now; 16 KiB each on x86-64 and arm64.
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
    ),
    (
      name: "gpu-coherent-nodes",
      text: #"""
      # GH200, GB200, MI300A: the accelerators' memory as NUMA nodes.
      schema: 1
      name: gpu-coherent-nodes
      title: A host whose GPUs' memory is NUMA nodes
      extends: general
      why:
        - The driver hot-adds the GPU's memory as Movable nodes, up to eight (mostly empty) nodes a GPU.
          The cpus' nodes pay for its memmap and for host memory that the driver pins.
      references:
        - https://github.com/NVIDIA/open-gpu-kernel-modules/issues/885
        - mm/memory_hotplug.c, add_memory_driver_managed
      limits:
        fine: "3:1"
        warning: "4:1"
        minimumKernelPerNode: 1GiB
        why: >-
          As for any host. Kernel memory on the cpus' nodes serves all; nodes of GPUs have none by
          design.
      growth:
        memmap-hot-added:
          percent: 100
          floor: 1/256
          why: >-
            64 bytes for each page of GPU memory as large as a quarter of RAM: 1/4 × 1/64 with 4 KiB pages
            (1/1024 a page with 64 KiB, sixteen times less).
        pinned:
          percent: 200
          floor: 1/4
          why: Pinned staging buffers of a quarter of memory are what frameworks take at most by default.
      selectors:
        - device: gpu-peer-memory
          points: 35
          why: GPUs that pin host memory are there.
        - memoryOnlyNodes: 1
          points: 30
          why: A node has memory and no cpus.
        - module: [nvidia, amdgpu, nvidia_uvm]
          points: 25
          why: A driver that brings such nodes is loaded.
        - memoryOnlyNodes: 4
          points: 10
          why: Several such nodes.
      """#
    ),
    (
      name: "hyper-v-guest",
      text: #"""
      # Hyper-V Dynamic Memory: hv_balloon takes pages that can't move, and hot-adds memory.
      schema: 1
      name: hyper-v-guest
      title: A Hyper-V guest with Dynamic Memory
      extends: general
      why:
        - hv_balloon allocates GFP_HIGHUSER, not movable, in blocks of up to 2 MiB. All that it takes
          comes from kernel zones, whatever is free in ZONE_MOVABLE.
      references:
        - drivers/hv/hv_balloon.c, alloc_balloon_pages
      limits:
        fine: "1:1"
        warning: "2:1"
        minimumKernelPerNode: 512MiB
        why: >-
          A guest that Dynamic Memory halves needs half of its memory in kernel zones for the balloon
          alone: 1:1 at most.
      planned:
        - name: balloon
          share: 1/2
          per: host
          why: >-
            Dynamic Memory between minimum and start-up memory of 1 : 2 takes up to half, all of it from
            kernel zones. Set it to (start-up − minimum) ÷ start-up of your guests.
      selectors:
        - balloon: hv_balloon
          points: 90
          why: The Hyper-V balloon is at work.
        - module: [hv_balloon]
          points: 60
          why: The Hyper-V balloon is loaded.
      """#
    ),
    (
      name: "in-memory-cache",
      text: #"""
      # Redis, Valkey, KeyDB, Dragonfly: one large heap, saved by a forked child.
      schema: 1
      name: in-memory-cache
      title: An in-memory store that forks to save itself
      extends: general
      why:
        - The child of a fork has page tables of its own for the whole heap. While it saves, both
          processes touch memory, and every page that one writes is copied.
      references:
        - kernel/fork.c, dup_mmap; mm/memory.c, copy_page_range
        - https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/latency/
      growth:
        page-tables:
          percent: 250
          floor: 1/256
          why: >-
            A heap of all memory costs 1/512 in the parent and again 1/512 in the child. Measured while
            no child runs, tables double at the fork; another half for the heap's growth.
        slab-unreclaimable:
          percent: 200
          floor: 1/100
          why: >-
            10000 clients with about 32 KiB of socket memory each are 312 MiB, one percent of 32 GiB.
      selectors:
        - setting: /proc/sys/vm/overcommit_memory
          is: "1"
          points: 35
          why: Such stores ask for it, so that the fork does not fail.
        - meminfo: AnonPages
          atLeast: 1/2
          points: 25
          why: Most of memory is heap.
        - argument: transparent_hugepage=never
          points: 10
          why: Such stores ask for it, since copies after a fork are then smaller.
      """#
    ),
    (
      name: "kubernetes-node",
      text: #"""
      # Many small containers: cgroups, overlay mounts, conntrack, short-lived processes.
      schema: 1
      name: kubernetes-node
      title: A Kubernetes node with many pods
      extends: general
      why:
        - Each cgroup and network namespace costs slab and per-cpu memory, and images are read through
          overlay file systems whose dentries and inodes stay cached.
      references:
        - https://kubernetes.io/docs/setup/best-practices/cluster-large/ (110 pods a node)
        - mm/memcontrol.c, memory cgroups and their per-cpu statistics
      growth:
        percpu:
          percent: 300
          why: >-
            330 cgroups for 110 pods with three containers, each a few KiB on every cpu; a freshly
            started node has a third of that.
        slab-unreclaimable:
          percent: 200
          floor: 1/50
          why: >-
            Two percent of memory: 1.3 GiB on 64 GiB for sockets, namespaces, cgroups and tasks of 110
            pods, about 12 MiB a pod.
        slab-reclaimable:
          percent: 150
          why: Dentries and inodes of image layers; given back under pressure, slowly.
        kernel-stacks:
          percent: 300
          why: 110 pods × 50 threads × 16 KiB are 86 MiB; a quiet node has a third.
      planned:
        - name: conntrack
          size: 80MiB
          per: host
          why: nf_conntrack_max 262144 × 320 bytes an entry are 80 MiB.
        - name: cgroup-slab
          size: 11MiB
          per: host
          why: 550 cgroups for 110 pods × 20 KiB of slab each, measured on 6.12.
        - name: cgroup-percpu
          size: 1400KiB
          per: cpu
          why: 550 cgroups × 2.5 KiB on every cpu; 7 to 10 KiB a cgroup were measured on four cpus.
      selectors:
        - module: [br_netfilter]
          points: 30
          why: The kubelet's set-up loads it.
        - module: [overlay]
          points: 15
          why: Container images are overlay mounts.
        - module: [veth]
          points: 15
          why: Pods' network interfaces.
        - module: [ip_vs, nf_conntrack]
          points: 10
          why: Services are balanced or tracked in the kernel.
        - module: [vxlan, ipip, wireguard, cilium]
          points: 10
          why: An overlay network between nodes.
      """#
    ),
    (
      name: "kvm-host-vfio",
      text: #"""
      # Guests with passed-through devices: all of their memory is pinned.
      schema: 1
      name: kvm-host-vfio
      title: A host of KVM guests with passed-through devices (VFIO)
      extends: general
      why:
        - VFIO pins a guest's whole memory for as long as it runs. Since 5.13 pinning migrates it out of
          ZONE_MOVABLE and CMA first, which takes time and fails with ENOMEM where kernel zones are full;
          older kernels leave unmovable pages in ZONE_MOVABLE.
      references:
        - mm/gup.c, check_and_migrate_movable_pages (d1e153fea2a8, 5.13)
        - drivers/vfio/vfio_iommu_type1.c; drivers/iommu/iommufd/pages.c
      limits:
        fine: "1:3"
        warning: "1:1"
        minimumKernelPerNode: 1GiB
        why: >-
          Three quarters of memory belong to guests and are pinned: at most a quarter can be Movable, 1:3.
          At 1:1 half of the memory can be given to such guests.
      growth:
        pinned:
          percent: 150
          floor: 3/4
          why: Guests are sold three quarters of memory, and all of that is pinned.
        secondary-page-tables:
          percent: 200
          floor: 1/256
          why: >-
            8 bytes for each 4 KiB in the second-stage tables and again in the IOMMU's: 2 × 1/512.
        page-tables:
          percent: 200
          floor: 1/512
          why: QEMU's own mappings of the guests' memory, 8 bytes for each 4 KiB.
        kernel-stacks:
          percent: 200
          why: A thread for each vCPU and I/O queue, 16 KiB each; a full host has twice as many.
      goal:
        movable: none
        why: Movable memory can't be used by these guests.
      selectors:
        - device: vfio
          points: 60
          why: Devices are bound to VFIO.
        - module: [vfio_pci, vfio_iommu_type1, iommufd]
          points: 30
          why: VFIO drivers are loaded.
        - module: [kvm_intel, kvm_amd]
          points: 10
          why: KVM is loaded.
      """#
    ),
    (
      name: "kvm-host",
      text: #"""
      # Virtual machines with ordinary (not passed through) devices.
      schema: 1
      name: kvm-host
      title: A host of KVM guests without passed-through devices
      extends: general
      why:
        - Guest memory is movable as long as nothing pins it. The second-stage page tables (EPT, NPT,
          stage 2) and QEMU's own are not.
      references:
        - Documentation/virt/kvm/x86/mmu.rst
        - virt/kvm/kvm_main.c, memory slots
      growth:
        secondary-page-tables:
          percent: 200
          floor: 1/512
          why: >-
            8 bytes of second-stage table for each 4 KiB of guest memory, when neither huge pages nor
            THP shorten it: 1/512 of what guests have.
        page-tables:
          percent: 200
          floor: 1/512
          why: QEMU maps the same memory in its own address space; again 1/512 with 4 KiB pages.
        kernel-stacks:
          percent: 200
          why: A thread for each vCPU and I/O queue, 16 KiB each; a full host has twice as many.
      planned:
        - name: guests
          share: 1/256
          per: host
          why: >-
            For each GiB of guest about 4 MiB: memory slots (dirty bitmaps 1 bit a page, page tracking
            and rmap 8 B a page = 2 MiB), vhost and tap queues, vCPU state.
      selectors:
        - meminfo: SecPageTables
          atLeast: 1/8192
          points: 40
          why: Second-stage page tables are in use.
        - module: [kvm_intel, kvm_amd]
          points: 20
          why: KVM is loaded; on many hosts it always is.
        - module: [vhost_net, vhost_vsock, vhost]
          points: 25
          why: Guests use in-kernel network or socket back ends.
        - module: [tun, macvtap]
          points: 10
          why: Guests' network interfaces.
      """#
    ),
    (
      name: "pmem-dax-host",
      text: #"""
      # Persistent memory: file-system DAX, device DAX, or used as memory.
      schema: 1
      name: pmem-dax-host
      title: A host with persistent memory mapped by DAX
      extends: general
      why:
        - Every page of persistent memory has a descriptor. With map=mem (mode ram) the memmap is in
          kernel zones; with map=dev it is on the device. Mappings cost page tables that never shrink
          by eviction.
      references:
        - drivers/nvdimm/pfn_devs.c; drivers/dax/kmem.c
        - https://github.com/pmem/ndctl/issues/110
      growth:
        page-tables:
          percent: 300
          floor: 1/128
          why: >-
            Persistent memory of four times the RAM, mapped once with 4 KiB pages: 4 × 1/512. Mapped with
            2 MiB pages it is nothing.
        memmap-device:
          percent: 100
          floor: 1/16
          why: >-
            The same four times RAM with its memmap in RAM: 4 × 1/64. With map=dev set the floor to 0/16.
      selectors:
        - device: pmem
          points: 65
          why: A namespace of persistent memory is there.
        - device: device-dax
          points: 40
          why: A device-DAX device is there.
        - module: [nd_pmem, dax_pmem]
          points: 15
          why: Drivers of persistent memory are loaded.
      """#
    ),
    (
      name: "rdma-hpc",
      text: #"""
      # MPI over InfiniBand or RoCE, parallel file systems, GPUDirect storage.
      schema: 1
      name: rdma-hpc
      title: HPC and storage nodes with RDMA
      extends: general
      why:
        - Registered memory regions are pinned for as long as they are registered (except on-demand
          paging), and must be in kernel zones since 5.13.
      references:
        - drivers/infiniband/core/umem.c, ib_umem_get
        - mm/gup.c, check_and_migrate_movable_pages
      limits:
        fine: "1:1"
        warning: "2:1"
        minimumKernelPerNode: 1GiB
        why: >-
          MPI libraries cache registrations up to half of memory: with half pinned, Movable above 1:1
          makes registration fail. 2:1 leaves a third.
      growth:
        pinned:
          percent: 200
          floor: 1/2
          why: Registration caches are commonly bounded by half of memory; a job start is when they fill.
        slab-unreclaimable:
          percent: 200
          floor: 1/100
          why: >-
            Queue pairs, completion queues and memory keys: 1000 peers × about 256 KiB a connected queue
            pair are 250 MiB, one percent of 25 GiB.
      selectors:
        - device: rdma
          points: 60
          why: An RDMA device is there.
        - module: [ib_uverbs, mlx5_ib, irdma, bnxt_re, efa, hfi1]
          points: 30
          why: Programs can register memory.
        - module: [lustre, beegfs, gpfs, nvidia_peermem]
          points: 15
          why: A parallel file system or GPU peer memory.
      """#
    ),
    (
      name: "swap-heavy",
      text: #"""
      # Desktops, build machines and overcommitted guests that live with swap, zram or zswap.
      schema: 1
      name: swap-heavy
      title: A host that swaps as a matter of course
      extends: general
      why:
        - A page that is swapped out keeps its page table entry, and swap itself has tables. Compressed
          pages of zram and zswap (zsmalloc) are movable with CONFIG_COMPACTION.
      references:
        - mm/swapfile.c, swap_map and swap_cgroup; mm/zsmalloc.c, zsmalloc_movable_ops
      growth:
        page-tables:
          percent: 200
          floor: 1/256
          why: Memory and as much swap again, each 4 KiB with 8 bytes of page table, is 2 × 1/512.
        vmalloc:
          percent: 150
          floor: 1/1024
          why: >-
            Swap as large as memory: 2 bytes of swap_map and 2 of swap_cgroup for each 4 KiB are 1/1024.
      selectors:
        - swapUsed: 1/20
          points: 60
          why: Swap holds a twentieth of memory or more.
        - device: zram
          points: 20
          why: A compressed RAM disk, mostly for swap.
        - swapUsed: 1/4
          points: 20
          why: Swap holds a quarter of memory or more.
      """#
    ),
    (
      name: "vm-guest-dimm",
      text: #"""
      # Kata Containers, Neon, cloud guests: grow by DIMMs (ACPI), never or seldom shrink.
      schema: 1
      name: vm-guest-dimm
      title: A guest that grows by hot-added DIMMs
      extends: general
      why:
        - Boot memory is small and must pay for all that comes, memmap first. A guest of 1 GiB that grows
          by 40 GiB needs 640 MiB for memmap alone.
      references:
        - mm/memory_hotplug.c, mhp_supports_memmap_on_memory (5.13)
        - https://github.com/neondatabase/autoscaling/issues/117
      limits:
        fine: "3:1"
        warning: "4:1"
        minimumKernelPerNode: 512MiB
        why: Above 3:1 slots for memory stay unused by the auto-movable policy; see its ratio of 301.
      growth:
        memmap-hot-added:
          percent: 100
          floor: 3/64
          why: >-
            1/64 of added memory, for three times the boot memory. With memmap_on_memory=Y the DIMM pays
            itself; set the floor to 0/64 then.
        page-tables:
          percent: 300
          floor: 1/512
          why: >-
            8 bytes for each 4 KiB that is mapped once. What is added will be mapped too: with three times
            the boot memory three times as much.
      selectors:
        - hotAdded: 1/8
          points: 50
          why: An eighth of memory or more came after boot.
        - argument: memhp_default_state
          points: 20
          why: Somebody decided in which zone added memory goes online.
        - argument: memory_hotplug.online_policy=auto-movable
          points: 20
          why: Somebody chose a policy for added memory.
      """#
    ),
    (
      name: "vm-guest-virtio-mem",
      text: #"""
      # A guest that grows and shrinks by virtio-mem.
      schema: 1
      name: vm-guest-virtio-mem
      title: A guest that is resized by virtio-mem
      extends: general
      why:
        - Memory that virtio-mem adds has its memmap in kernel zones (memmap_on_memory is not used by
          virtio-mem in small blocks), and must be Movable to be taken away again reliably.
      references:
        - drivers/virtio/virtio_mem.c
        - mm/memory_hotplug.c, auto_movable_can_online_movable (5.15)
      limits:
        fine: "3:1"
        warning: "4:1"
        minimumKernelPerNode: 512MiB
        why: >-
          The default auto_movable_ratio is 301: up to 3:1 the kernel itself onlines added memory
          Movable. 512 MiB at boot bear 1.5 GiB of added memory's own memmap of 24 MiB, and growth.
      growth:
        memmap-hot-added:
          percent: 100
          floor: 3/64
          why: >-
            64 bytes for each 4 KiB page of added memory are 1/64; three times the boot memory added
            are 3/64 of it.
      selectors:
        - device: virtio-mem
          points: 90
          why: A virtio-mem device is there.
        - argument: memory_hotplug.online_policy=auto-movable
          points: 10
          why: The policy that virtio-mem is made for.
      """#
    ),
    (
      name: "vmware-guest",
      text: #"""
      # VMware guests: vmw_balloon takes 2 MiB pages first, and those can't move.
      schema: 1
      name: vmware-guest
      title: A VMware guest with a balloon
      extends: general
      why:
        - vmw_balloon's 4 KiB pages can migrate (5.4 and newer), its 2 MiB pages can't. It asks for
          2 MiB first.
      references:
        - drivers/misc/vmw_balloon.c, vmballoon_alloc_page_list
        - Mem.CtlMaxPercent of ESXi, 65 by default
      limits:
        fine: "1:2"
        warning: "2:1"
        minimumKernelPerNode: 512MiB
        why: >-
          Where the balloon may take 65 % in pages that can't move, kernel zones need two thirds: 1:2.
      planned:
        - name: balloon
          share: 65/100
          per: host
          why: ESXi's Mem.CtlMaxPercent lets the balloon grow to 65 % of a guest's memory.
      selectors:
        - balloon: vmw_balloon
          points: 90
          why: The VMware balloon is at work.
        - module: [vmw_balloon]
          points: 70
          why: The VMware balloon is loaded.
        - module: [vmw_vmci, vmwgfx, vmxnet3]
          points: 20
          why: VMware's devices.
      """#
    ),
    (
      name: "xen-guest",
      text: #"""
      # Xen PV and PVH guests with a memory target below the maximum.
      schema: 1
      name: xen-guest
      title: A Xen guest with a balloon
      extends: general
      why:
        - Xen's balloon allocates GFP_HIGHUSER, not movable. Memory that is given back comes from kernel
          zones, and a guest that starts ballooned has it missing there from the start.
      references:
        - drivers/xen/balloon.c, decrease_reservation
      limits:
        fine: "1:1"
        warning: "2:1"
        minimumKernelPerNode: 512MiB
        why: With memory = maxmem ÷ 2 the balloon holds half, which kernel zones must have.
      planned:
        - name: balloon
          share: 1/2
          per: host
          why: >-
            memory = maxmem ÷ 2 is a common setting; set it to (maxmem − memory) ÷ maxmem of your guests.
      selectors:
        - balloon: xen_balloon
          points: 90
          why: The Xen balloon is at work.
        - module: [xen_netfront, xen_blkfront, xen_balloon]
          points: 55
          why: Xen's front ends are loaded.
      """#
    ),
  ]
}
