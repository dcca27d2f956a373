// swift-tools-version: 6.2
import PackageDescription

// How another package uses zonewise. In a package of your own the dependency is
// .package(url: "https://github.com/OWNER/zonewise", from: "0.1.0")
let package = Package(
  name: "examples",
  dependencies: [.package(name: "zonewise", path: "..")],
  targets: [
    .executableTarget(
      name: "standing",
      dependencies: [.product(name: "ZonewiseKit", package: "zonewise")],
      swiftSettings: [.swiftLanguageMode(.v6)]
    )
  ]
)
