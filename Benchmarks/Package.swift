// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nothing measured against becomes a dependency of users.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "swift-sockets", path: "..")],
    targets: [
        .target(name: "Measurement"),
        .target(name: "CBaseline"),
        .executableTarget(
            name: "address-text",
            dependencies: ["Measurement", .product(name: "SocketModel", package: "swift-sockets")]),
        .systemLibrary(name: "CLDNS", pkgConfig: "ldns", providers: [.apt(["libldns-dev"])]),
        .executableTarget(
            name: "dns-messages",
            dependencies: [
                "Measurement", "CLDNS", .product(name: "Layers", package: "swift-sockets"),
                .product(name: "SocketModel", package: "swift-sockets"),
            ]),
        .executableTarget(
            name: "echo-server",
            dependencies: [
                .product(name: "Sockets", package: "swift-sockets"),
                .product(name: "BackendURing", package: "swift-sockets"),
            ]),
        .executableTarget(
            name: "simulation-speed", dependencies: [.product(name: "Sockets", package: "swift-sockets")]),
        .executableTarget(
            name: "call-cost",
            dependencies: ["Measurement", "CBaseline", .product(name: "Sockets", package: "swift-sockets")]),
    ],
    swiftLanguageModes: [.v6]
)
