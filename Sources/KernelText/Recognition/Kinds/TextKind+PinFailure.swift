extension TextKind {
  package static let pinFailure = TextKind(
    "memory that could not be pinned",
    tells: """
      that a limit of locked memory (RLIMIT_MEMLOCK) was met, or that pages could not leave \
      ZONE_MOVABLE or CMA, as every long-term pin makes them
      """,
    advice: """
      look at ulimit -l of the process first; then zonewise advise, on that host, says whether the \
      kernel zones have room for the pins
      """,
    isMessage: true
  ) { line in
    line.has(anyOf: [
      "RLIMIT_MEMLOCK", "VFIO_MAP_DMA", "VFIO_IOMMU_MAP_DMA", "vfio_dma_map", "vfio_pin_pages",
      "vfio_container_dma_map", "ibv_reg_mr", "ib_umem_get", "max locked memory",
      "pin_user_pages", "Couldn't pin", "cannot pin",
    ])
  }
}
