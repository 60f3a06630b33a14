// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nothing measured against becomes a dependency of users.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "swift-sockets", path: "..")],
    targets: [
        .executableTarget(
            name: "address-text",
            dependencies: [.product(name: "SocketModel", package: "swift-sockets")],
            swiftSettings: [.swiftLanguageMode(.v6)])
    ]
)
