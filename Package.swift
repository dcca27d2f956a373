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
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

// Lowest first: a target imports only targets above it. Scripts/check-layers holds the sources to it.
let package = Package(
  name: "zonewise",
  products: [
    .executable(name: "zonewise", targets: ["zonewise"]),
    .library(name: "ZonewiseKit", targets: ["ZonewiseKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    // It loads libnuma at run time; Scripts/build links it into a static executable.
    .target(name: "CNuma"),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "CArchive",
      // A static executable also needs what libarchive unpacks with.
      linkerSettings: ["archive", "z", "bz2", "lzma", "zstd"].map { .linkedLibrary($0) }
    ),
    .target(name: "SourceText", dependencies: ["CYAML"], swiftSettings: strict),
    .target(name: "HostModel", swiftSettings: strict),
    .target(name: "KernelText", dependencies: ["SourceText", "HostModel"], swiftSettings: strict),
    .target(
      name: "KernelBehavior",
      dependencies: ["HostModel", "KernelText"],
      swiftSettings: strict
    ),
    .target(
      name: "BootArguments",
      dependencies: ["SourceText", "HostModel", "KernelText", "KernelBehavior"],
      swiftSettings: strict
    ),
    .target(
      name: "Profiles",
      dependencies: ["SourceText", "HostModel", "KernelText", "KernelBehavior"],
      swiftSettings: strict
    ),
    .target(
      name: "MachineSpec",
      dependencies: [
        "SourceText", "HostModel", "KernelText", "KernelBehavior", "BootArguments", "Profiles",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Advice",
      dependencies: ["SourceText", "HostModel", "KernelText", "KernelBehavior", "Profiles"],
      swiftSettings: strict
    ),
    // One host over time, whoever wrote it down.
    .target(
      name: "History",
      dependencies: ["SourceText", "HostModel", "KernelText", "Profiles", "Advice"],
      swiftSettings: strict
    ),
    .target(
      name: "Forecast",
      dependencies: ["SourceText", "HostModel", "Profiles", "Advice", "History"],
      swiftSettings: strict
    ),
    .target(name: "SystemIO", dependencies: [systemPackage], swiftSettings: strict),
    // Hosts over time in a SQLite database.
    .target(
      name: "Recording",
      dependencies: ["CSQLite", "HostModel", "Advice", "History"],
      swiftSettings: strict
    ),
    .target(
      name: "HostCollection",
      dependencies: ["SourceText", "SystemIO", "CArchive", "CNuma", "HostModel", "KernelText"],
      swiftSettings: strict
    ),
    .target(
      name: "Capacity",
      dependencies: [
        "SourceText", "SystemIO", "HostModel", "KernelText", "KernelBehavior", "Profiles",
        "MachineSpec", "Advice", "HostCollection", "BootArguments", "History", "Forecast",
        "Recording",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "FleetCheck",
      dependencies: [
        "Capacity", "SourceText",
        "SystemIO",
        "HostModel", "KernelText", "KernelBehavior", "Profiles", "Advice", "HostCollection",
        "BootArguments", "MachineSpec",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Reports",
      dependencies: [
        "Capacity", "SourceText",
        "HostModel", "KernelText", "KernelBehavior", "Profiles", "Advice", "BootArguments",
        "FleetCheck", "History", "Forecast",
      ],
      swiftSettings: strict
    ),
    // The page of `serve`: its files, its state, who may ask.
    .target(
      name: "Serving",
      dependencies: ["SourceText", "HostModel"],
      exclude: ["Page"],
      swiftSettings: strict
    ),
    // What other packages may use: small, documented, and held to Tests/Golden/zonewise-kit-api.txt.
    .target(
      name: "ZonewiseKit",
      dependencies: [
        "SourceText", "HostModel", "KernelText", "KernelBehavior", "Profiles", "Advice",
        "HostCollection", "Capacity", "Reports",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "ZonewiseCommands",
      dependencies: [
        "Capacity", "SourceText",
        "SystemIO",
        "HostModel", "KernelText", "KernelBehavior", "Advice", "HostCollection",
        "BootArguments", "Profiles", "MachineSpec", "FleetCheck", "Reports", "History", "Forecast",
        "Recording", "Serving", argumentParser,
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "zonewise",
      dependencies: ["ZonewiseCommands"],
      swiftSettings: strict
    ),

    // What the tests share: fixtures, programs, temporary folders, agreed outputs.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "SourceTextTests", dependencies: ["SourceText"], swiftSettings: strict),
    .testTarget(name: "SystemIOTests", dependencies: ["SystemIO"], swiftSettings: strict),
    .testTarget(
      name: "HostModelTests",
      dependencies: ["TestSupport", "HostModel"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "KernelTextTests",
      dependencies: ["TestSupport", "SourceText", "HostModel", "KernelText"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "KernelBehaviorTests",
      dependencies: [
        "TestSupport", "SourceText", "HostModel", "KernelText", "KernelBehavior", "HostCollection",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "AdviceTests",
      dependencies: [
        "TestSupport", "SourceText", "SystemIO", "HostModel", "KernelText", "KernelBehavior",
        "Advice", "HostCollection",
        "Profiles",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "HistoryTests",
      dependencies: ["SourceText", "HostModel", "Profiles", "History"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ForecastTests",
      dependencies: ["HostModel", "Profiles", "Advice", "History", "Forecast"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "HostCollectionTests",
      dependencies: [
        "TestSupport", "SourceText", "SystemIO", "HostModel", "KernelText", "HostCollection",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BootArgumentsTests",
      dependencies: ["TestSupport", "SourceText", "HostModel", "KernelText", "BootArguments"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ProfilesTests",
      dependencies: ["TestSupport", "SourceText", "HostModel", "Advice", "Profiles"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "FleetCheckTests",
      dependencies: [
        "Capacity", "TestSupport", "SourceText", "HostModel", "KernelText", "KernelBehavior",
        "Advice",
        "HostCollection",
        "BootArguments", "Profiles", "MachineSpec", "FleetCheck", "Reports",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "RecordingTests",
      dependencies: ["TestSupport", "Recording", "History", "HostModel", "Advice", "Profiles"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Capacity", "TestSupport", "SourceText", "HostModel", "KernelText", "KernelBehavior",
        "Advice",
        "HostCollection",
        "Profiles",
        "FleetCheck", "Reports",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ServingTests",
      dependencies: ["TestSupport", "HostModel", "Serving"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "ZonewiseCommandsTests",
      dependencies: [
        "Recording", "History", "HostModel", "Profiles", "Advice",
        "Capacity", "TestSupport", "SourceText", "ZonewiseCommands", "FleetCheck", "ZonewiseKit",
        "Serving",
        argumentParser,
      ],
      swiftSettings: strict
    ),
  ]
)

// Fuzz/build sets it. The drivers see `package` names, which those of a package of their own would not.
if Context.environment["ZONEWISE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "ZonewiseFuzz",
      dependencies: [
        "SourceText", "HostModel", "KernelText", "KernelBehavior", "BootArguments", "Profiles",
        "MachineSpec", "Advice", "SystemIO", "HostCollection", "Capacity", "FleetCheck", "Reports",
        "ZonewiseCommands", argumentParser,
      ],
      path: "Fuzz/Sources",
      swiftSettings: strict
    )
  )
}
