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
        .executable(name: "sock", targets: ["sock"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        .target(name: "SocketModel", swiftSettings: strict),
        .target(name: "CPOSIX"),
        .target(name: "CTask"),
        .target(name: "Locks", dependencies: ["CPOSIX"], swiftSettings: strict),
        .target(name: "BackendPOSIX", dependencies: ["SocketModel", "CPOSIX", "Locks"], swiftSettings: strict),
        .target(
            name: "Sockets", dependencies: ["SocketModel", "BackendPOSIX", "CTask", "Locks"], swiftSettings: strict),
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
        .testTarget(name: "DocumentationTests", dependencies: ["Sockets"], swiftSettings: strict),
        .target(name: "ProcessControl", path: "Tests/ProcessControl"),
        .target(
            name: "TestSupport", dependencies: ["Sockets", "ProcessControl", "Locks"], path: "Tests/TestSupport",
            swiftSettings: strict),
        .testTarget(
            name: "ConformanceTests", dependencies: ["Sockets", "TestSupport", "ProcessControl", "Locks"],
            swiftSettings: strict),
        .testTarget(
            name: "BackendPOSIXTests", dependencies: ["BackendPOSIX", "SocketModel", "CPOSIX", "Locks", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "SocketsTests", dependencies: ["Sockets", "BackendPOSIX", "TestSupport", "ProcessControl", "Locks"],
            swiftSettings: strict),
    ]
)
