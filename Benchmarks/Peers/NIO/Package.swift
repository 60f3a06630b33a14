// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that SwiftNIO is built only when it is measured against.
let package = Package(
    name: "nio-peer",
    dependencies: [.package(url: "https://github.com/apple/swift-nio", from: "2.101.2")],
    targets: [
        .executableTarget(
            name: "nio-peer",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
