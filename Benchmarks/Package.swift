// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nothing measured against becomes a dependency of users.
let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(path: "Reporting"),
        .package(name: "swift-sockets", path: "..", traits: [.defaults, "TLS"]),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .target(name: "Launcher"),
        .executableTarget(
            name: "bench",
            dependencies: [
                "Launcher", .product(name: "Reporting", package: "Reporting"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .target(name: "Machines", dependencies: [.product(name: "Sockets", package: "swift-sockets")]),
        .executableTarget(
            name: "echo-server",
            dependencies: [
                "Machines", .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Sockets", package: "swift-sockets"),
                .product(name: "BackendURing", package: "swift-sockets"),
            ]),
        .executableTarget(
            name: "simulation-speed",
            dependencies: ["Machines", .product(name: "Sockets", package: "swift-sockets")]),
        .target(name: "CBaseline", path: "Benchmarks/CBaseline"),
        .target(name: "CFraming", path: "Benchmarks/CFraming"),
        .systemLibrary(
            name: "CLDNS", path: "Benchmarks/CLDNS", pkgConfig: "ldns", providers: [.apt(["libldns-dev"])]),
        .executableTarget(
            name: "calls",
            dependencies: [
                "CBaseline", "CFraming", "CLDNS", .product(name: "Sockets", package: "swift-sockets"),
                .product(name: "Layers", package: "swift-sockets"),
                .product(name: "SocketModel", package: "swift-sockets"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/Calls",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        .target(name: "CTLSBaseline", linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
        .executableTarget(
            name: "tls-speed", dependencies: ["CTLSBaseline", .product(name: "SocketsTLS", package: "swift-sockets")]),
    ],
    swiftLanguageModes: [.v6]
)
