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

let package = Package(
    name: "swift-sockets",
    products: [
        .library(name: "Sockets", targets: ["Sockets"]),
        .library(name: "SocketModel", targets: ["SocketModel"]),
        .library(name: "BackendPOSIX", targets: ["BackendPOSIX"]),
        .library(name: "SocketsLogging", targets: ["SocketsLogging"]),
        .executable(name: "sock", targets: ["sock"]),
    ],
    traits: [
        .trait(name: "Logging", description: "SocketsLogging: a server's events to swift-log")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        // For the adapters alone: not fetched unless their traits are on.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        .target(name: "SocketModel", swiftSettings: strict),
        .target(name: "CPOSIX"),
        .target(name: "CTask"),
        .target(name: "Locks", dependencies: ["CPOSIX"], swiftSettings: strict),
        .target(name: "BackendPOSIX", dependencies: ["SocketModel", "CPOSIX", "Locks"], swiftSettings: strict),
        .target(
            name: "Sockets", dependencies: ["SocketModel", "BackendPOSIX", "CTask", "Locks"], swiftSettings: strict),
        .target(
            name: "SocketsLogging",
            dependencies: [
                "Sockets", .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Logging"])),
            ],
            swiftSettings: strict),
        .target(name: "CSock"),
        .executableTarget(
            name: "sock",
            dependencies: [
                "Sockets", "CSock", "Locks", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .target(name: "SystemHeaders", path: "Tests/SystemHeaders"),
        .testTarget(
            name: "SocketModelTests", dependencies: ["SocketModel", "SystemHeaders", "TestSupport"],
            swiftSettings: strict),
        .testTarget(name: "SockTests", dependencies: ["sock", "Locks"], swiftSettings: strict),
        .testTarget(
            name: "DocumentationTests",
            dependencies: ["Sockets", "SocketsLogging"],
            swiftSettings: strict),
        .target(name: "ProcessControl", path: "Tests/ProcessControl"),
        .target(
            name: "TestSupport", dependencies: ["Sockets", "ProcessControl", "Locks"], path: "Tests/TestSupport",
            swiftSettings: strict),
        .testTarget(
            name: "ConformanceTests", dependencies: ["Sockets", "TestSupport", "ProcessControl", "Locks"],
            swiftSettings: strict),
        .testTarget(
            name: "AdapterTests",
            dependencies: [
                "Sockets", "SocketsLogging", "TestSupport", "Locks",
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Logging"])),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "BackendPOSIXTests", dependencies: ["BackendPOSIX", "SocketModel", "CPOSIX", "Locks", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "SocketsTests", dependencies: ["Sockets", "BackendPOSIX", "TestSupport", "ProcessControl", "Locks"],
            swiftSettings: strict),
    ]
)
