// swift-tools-version: 6.2
import PackageDescription

// What a benchmark run becomes, tables, plots and pages, as pure code: a package of its own, so that its tests need nothing else to be built.
let package = Package(
    name: "reporting",
    products: [.library(name: "Reporting", targets: ["Reporting"])],
    targets: [
        .target(name: "Reporting"),
        .testTarget(name: "ReportingTests", dependencies: ["Reporting"]),
    ],
    swiftLanguageModes: [.v6]
)
