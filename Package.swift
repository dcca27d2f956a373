// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

// Lowest first: a target imports only targets above it. Scripts/check-layers holds the sources to it.
let package = Package(
  name: "zonewise",
  products: [
    .executable(name: "zonewise", targets: ["zonewise"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CNuma", pkgConfig: "numa", providers: [.apt(["libnuma-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "CArchive",
      // A static executable also needs what libarchive unpacks with.
      linkerSettings: ["archive", "z", "bz2", "lzma", "zstd"].map { .linkedLibrary($0) }
    ),
    .target(name: "HostModel", swiftSettings: strict),
    .target(name: "KernelText", dependencies: ["HostModel"], swiftSettings: strict),
    .target(
      name: "KernelBehavior",
      dependencies: ["HostModel", "KernelText"],
      swiftSettings: strict
    ),
    .target(
      name: "Profiles",
      dependencies: ["HostModel", "KernelText", "KernelBehavior", yams],
      swiftSettings: strict
    ),
    .target(
      name: "Advice",
      dependencies: ["HostModel", "KernelText", "KernelBehavior", "Profiles"],
      swiftSettings: strict
    ),
    .target(
      name: "HostCollection",
      dependencies: ["CArchive", "CNuma", "CZlib", "HostModel", "KernelText"],
      swiftSettings: strict
    ),
    .target(
      name: "BootArguments",
      dependencies: ["HostModel", "KernelText", yams],
      swiftSettings: strict
    ),
    .target(
      name: "MachineSpec",
      dependencies: [
        "HostModel", "KernelText", "KernelBehavior", "Profiles", "Advice", "BootArguments", yams,
      ],
      swiftSettings: strict
    ),
    .target(
      name: "FleetCheck",
      dependencies: [
        "HostModel", "KernelText", "KernelBehavior", "Profiles", "Advice", "HostCollection",
        "BootArguments", "MachineSpec", yams,
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Reports",
      dependencies: [
        "HostModel", "KernelText", "KernelBehavior", "Profiles", "Advice", "BootArguments",
        "FleetCheck", mustache,
      ],
      swiftSettings: strict
    ),
    .target(
      name: "ZonewiseCommands",
      dependencies: [
        "HostModel", "KernelText", "KernelBehavior", "Advice", "HostCollection",
        "BootArguments", "Profiles", "MachineSpec", "FleetCheck", "Reports", argumentParser,
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "zonewise",
      dependencies: ["ZonewiseCommands"],
      swiftSettings: strict
    ),

    .testTarget(name: "HostModelTests", dependencies: ["HostModel"], swiftSettings: strict),
    .testTarget(
      name: "KernelTextTests",
      dependencies: ["HostModel", "KernelText"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "KernelBehaviorTests",
      dependencies: ["HostModel", "KernelText", "KernelBehavior"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "AdviceTests",
      dependencies: [
        "HostModel", "KernelText", "KernelBehavior", "Advice", "HostCollection", "Profiles",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "HostCollectionTests",
      dependencies: ["HostModel", "KernelText", "HostCollection"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BootArgumentsTests",
      dependencies: ["KernelText", "BootArguments"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ProfilesTests",
      dependencies: ["HostModel", "Advice", "Profiles"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FleetCheckTests",
      dependencies: [
        "HostModel", "KernelText", "KernelBehavior", "Advice", "HostCollection", "BootArguments",
        "Profiles", "MachineSpec", "FleetCheck",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "HostModel", "KernelText", "Advice", "HostCollection", "Profiles", "FleetCheck", "Reports",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ZonewiseCommandsTests",
      dependencies: ["ZonewiseCommands", "FleetCheck", argumentParser],
      swiftSettings: strict
    ),
  ]
)
