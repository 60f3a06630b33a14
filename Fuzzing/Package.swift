// swift-tools-version: 6.2
import PackageDescription

// A package of its own: it is linked with libFuzzer, and its code is built with coverage counters (`make fuzz`).
let package = Package(
    name: "fuzzing",
    dependencies: [.package(name: "swift-sockets", path: "..", traits: [])],
    targets: [
        .target(
            name: "FuzzTargets",
            dependencies: [
                .product(name: "Sockets", package: "swift-sockets"),
                .product(name: "SocketModel", package: "swift-sockets"),
                .product(name: "Layers", package: "swift-sockets"),
                .product(name: "BackendSim", package: "swift-sockets"),
            ],
            swiftSettings: [
                .strictMemorySafety(), .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("InternalImportsByDefault"),
            ]),
        .executableTarget(name: "fuzz", dependencies: ["FuzzTargets"]),
    ],
    swiftLanguageModes: [.v6]
)
