// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

// What needs OpenSSL: with its trait alone.
func tls(_ target: String) -> Target.Dependency { .target(name: target, condition: .when(traits: ["TLS"])) }

// What needs liburing: on Linux, with the trait, which is on by default.
func uring(_ target: String) -> Target.Dependency {
    .target(name: target, condition: .when(platforms: [.linux], traits: ["URing"]))
}

let package = Package(
    name: "swift-sockets",
    // Darwin's first releases with atomics and task executors; it has not run there yet.
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "Sockets", targets: ["Sockets"]),
        .library(name: "SocketModel", targets: ["SocketModel"]),
        .library(name: "Layers", targets: ["Layers"]),
        .library(name: "BackendPOSIX", targets: ["BackendPOSIX"]),
        .library(name: "BackendURing", targets: ["BackendURing"]),
        .library(name: "BackendSim", targets: ["BackendSim"]),
        .library(name: "SimulationTesting", targets: ["SimulationTesting"]),
        .library(name: "SocketsTLS", targets: ["SocketsTLS"]),
        .library(name: "SocketsLogging", targets: ["SocketsLogging"]),
        .library(name: "SocketsMetrics", targets: ["SocketsMetrics"]),
        .library(name: "SocketsServiceLifecycle", targets: ["SocketsServiceLifecycle"]),
        .executable(name: "sock", targets: ["sock"]),
    ],
    traits: [
        .default(enabledTraits: ["URing"]),
        .trait(name: "URing", description: "BackendURing: io_uring on Linux, by liburing"),
        .trait(name: "TLS", description: "SocketsTLS: TLS over any backend, by OpenSSL"),
        .trait(name: "Logging", description: "SocketsLogging: a server's events to swift-log"),
        .trait(name: "Metrics", description: "SocketsMetrics: connections, bytes and errors to swift-metrics"),
        .trait(name: "ServiceLifecycle", description: "SocketsServiceLifecycle: a server as a Service"),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        // For the adapters alone: not fetched unless their traits are on.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "SocketModel", swiftSettings: strict),
        .target(name: "Layers", dependencies: ["SocketModel"], swiftSettings: strict),
        .target(name: "CPOSIX"),
        .target(name: "CTask"),
        .target(name: "CConcurrency", dependencies: ["CPOSIX"]),
        .target(name: "Locks", dependencies: ["CPOSIX"], swiftSettings: strict),
        .target(name: "SystemSockets", dependencies: ["SocketModel", "CPOSIX", "Locks"], swiftSettings: strict),
        .target(
            name: "BackendPOSIX", dependencies: ["SocketModel", "SystemSockets", "CPOSIX", "Locks"],
            swiftSettings: strict),
        .systemLibrary(name: "CURing", pkgConfig: "liburing", providers: [.apt(["liburing-dev"])]),
        .target(
            name: "BackendURing",
            dependencies: ["SocketModel", "SystemSockets", "CPOSIX", "Locks", uring("CURing")], swiftSettings: strict),
        .target(
            name: "BackendSim", dependencies: ["SocketModel", "SystemSockets", "CPOSIX", "CConcurrency", "Locks"],
            swiftSettings: strict),
        .target(
            name: "Sockets",
            dependencies: [
                "SocketModel", "Layers", "SystemSockets", "BackendPOSIX", "BackendSim", uring("BackendURing"), "CTask",
                "Locks",
            ],
            swiftSettings: strict),
        // For tests: it needs Swift Testing.
        .target(name: "SimulationTesting", dependencies: ["Sockets", "CPOSIX"], swiftSettings: strict),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .target(
            name: "CTLS", dependencies: [tls("COpenSSL")],
            cSettings: [.define("SWIFT_SOCKETS_TLS", .when(traits: ["TLS"]))]),
        .target(
            name: "SocketsTLS", dependencies: ["Sockets", "SocketModel", "Layers", "Locks", "CTLS", tls("COpenSSL")],
            swiftSettings: strict),
        .target(
            name: "SocketsLogging",
            dependencies: [
                "Sockets", .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Logging"])),
            ],
            swiftSettings: strict),
        .target(
            name: "SocketsMetrics",
            dependencies: [
                "Sockets", "Locks",
                .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["Metrics"])),
            ],
            swiftSettings: strict),
        .target(
            name: "SocketsServiceLifecycle",
            dependencies: [
                "Sockets",
                .product(
                    name: "ServiceLifecycle", package: "swift-service-lifecycle",
                    condition: .when(traits: ["ServiceLifecycle"])),
            ],
            swiftSettings: strict),
        .target(name: "CSock"),
        .executableTarget(
            name: "sock",
            dependencies: [
                "Sockets", uring("BackendURing"), "CSock", "Locks",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(name: "SystemHeaders", path: "Tests/SystemHeaders"),
        .testTarget(
            name: "SocketModelTests", dependencies: ["SocketModel", "SystemHeaders", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ResolverTests", dependencies: ["Sockets", "BackendSim", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "SockTests", dependencies: ["sock", "Sockets", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                "Sockets", "SimulationTesting", "SocketsTLS", "SocketsLogging", "SocketsMetrics",
                "SocketsServiceLifecycle", "TestSupport",
            ],
            swiftSettings: strict),
        .target(name: "SeededRandomness", path: "Tests/SeededRandomness", swiftSettings: strict),
        .testTarget(
            name: "LayersTests", dependencies: ["Layers", "SocketModel", "SeededRandomness"], swiftSettings: strict),
        .target(name: "ProcessControl", path: "Tests/ProcessControl"),
        .target(
            name: "TestSupport",
            dependencies: [
                "Sockets", uring("BackendURing"), "SeededRandomness", "ProcessControl", "CSock", "Locks",
            ],
            path: "Tests/TestSupport",
            swiftSettings: strict),
        .testTarget(
            name: "ConformanceTests", dependencies: ["Sockets", "TestSupport", "ProcessControl", "Locks"],
            swiftSettings: strict),
        .testTarget(
            name: "AdapterTests",
            dependencies: [
                "Sockets", "SocketsLogging", "SocketsMetrics", "SocketsServiceLifecycle", "TestSupport", "Locks",
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Logging"])),
                .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["Metrics"])),
                .product(name: "MetricsTestKit", package: "swift-metrics", condition: .when(traits: ["Metrics"])),
                .product(
                    name: "ServiceLifecycle", package: "swift-service-lifecycle",
                    condition: .when(traits: ["ServiceLifecycle"])),
                .product(
                    name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle",
                    condition: .when(traits: ["ServiceLifecycle"])),
            ],
            swiftSettings: strict),
        .target(
            name: "TestAuthority", dependencies: [tls("COpenSSL")], path: "Tests/TestAuthority",
            cSettings: [.define("SWIFT_SOCKETS_TLS", .when(traits: ["TLS"]))]),
        .testTarget(
            name: "TLSTests",
            dependencies: ["Sockets", "SocketsTLS", "TestSupport", "TestAuthority", "CTLS", "Locks"],
            swiftSettings: strict),
        .testTarget(
            name: "SystemSocketsTests", dependencies: ["SystemSockets", "SocketModel", "Locks", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "BackendPOSIXTests",
            dependencies: ["BackendPOSIX", "SystemSockets", "SocketModel", "CPOSIX", "Locks", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "BackendURingTests",
            dependencies: ["Sockets", uring("BackendURing"), "TestSupport", "ProcessControl", "Locks"],
            swiftSettings: strict),
        .testTarget(
            name: "BackendSimTests",
            dependencies: [
                "BackendSim", "BackendPOSIX", uring("BackendURing"), "SocketModel", "Sockets", "TestSupport", "Locks",
                "sock",
            ],
            swiftSettings: strict),
        // The functions that `make fuzz` runs are replayed here with their corpus: nothing of the fuzzer is needed.
        .testTarget(
            name: "FuzzTests", dependencies: ["Sockets", "SocketModel", "Layers", "BackendSim"],
            path: "Fuzzing/Sources",
            exclude: ["fuzz", "FuzzTargets/Entry.swift"], sources: ["FuzzTargets", "CorpusTests"],
            swiftSettings: strict),
        .testTarget(
            name: "SimulationTestingTests", dependencies: ["SimulationTesting", "Sockets", "Locks"],
            swiftSettings: strict),
        .testTarget(
            name: "SocketsTests", dependencies: ["Sockets", "BackendPOSIX", "TestSupport", "ProcessControl", "Locks"],
            swiftSettings: strict),
    ]
)
