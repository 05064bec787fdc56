// swift-tools-version:6.2
import PackageDescription

// The five rows of the house. A target imports only from rows below it; ArchitectureTests holds the
// import lines to this picture.
//
//   4  gristmill                                                       the command
//   3  Pipelines                                                       plan, stages, tasks, run folder
//      GristmillTokenizer                                              the library other packages use
//   2  Extraction Curation QualityModel Deduplication Tokenization Packing      peers
//   1  Documents TextAnalysis Reports                                  records; text; what people read
//   0  ByteKernels (CKernels, CText, and the libraries' modules)       fast loops over bytes

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]

func row(_ name: String, uses: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: uses, swiftSettings: strict)
}

func tests(_ name: String, uses: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + uses,
    path: "Tests/\(name)Tests", swiftSettings: strict)
}

func system(_ name: String, pkgConfig: String?, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
  name: "gristmill",
  products: [
    .executable(name: "gristmill", targets: ["gristmill"]),
    .library(name: "GristmillTokenizer", targets: ["GristmillTokenizer"]),
    .library(name: "GristmillShards", targets: ["GristmillShards"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Row 0
    system("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
    system("CISAL", pkgConfig: "libisal", apt: "libisal-dev"),
    system("CBzip2", pkgConfig: nil, apt: "libbz2-dev"),
    system("CLZMA", pkgConfig: "liblzma", apt: "liblzma-dev"),
    system("CLZ4", pkgConfig: "liblz4", apt: "liblz4-dev"),
    system("CBrotli", pkgConfig: "libbrotlidec", apt: "libbrotli-dev"),
    system("CSnappy", pkgConfig: "snappy", apt: "libsnappy-dev"),
    .target(name: "CKernels"),
    .target(name: "CGumbo", linkerSettings: [.linkedLibrary("gumbo")]),
    .target(
      name: "CText", linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc")]),
    row(
      "ByteKernels",
      uses: ["CKernels", "CZstd", "CISAL", "CBzip2", "CLZMA", "CLZ4", "CBrotli", "CSnappy"]),
    tests("ByteKernels", uses: []),
    // Row 1
    row("Documents", uses: ["ByteKernels"]),
    tests("Documents", uses: ["ByteKernels"]),
    row("TextAnalysis", uses: ["ByteKernels", "CKernels", "CText"]),
    tests("TextAnalysis", uses: ["ByteKernels"]),
    row("Reports", uses: ["ByteKernels"]),
    // Row 2
    row("Curation", uses: ["ByteKernels", "TextAnalysis"]),
    tests("Curation", uses: ["ByteKernels", "TextAnalysis", "CZstd"]),
    row("Deduplication", uses: ["CKernels", "ByteKernels", "Documents", "TextAnalysis"]),
    tests("Deduplication", uses: ["CKernels", "ByteKernels", "TextAnalysis", "Documents"]),
    row("Extraction", uses: ["TextAnalysis", "CGumbo"]),
    tests("Extraction", uses: ["Documents", "TextAnalysis"]),
    row("Packing", uses: ["ByteKernels", "Documents", "TextAnalysis"]),
    tests("Packing", uses: ["ByteKernels", "Documents", "TextAnalysis"]),
    row(
      "QualityModel",
      uses: ["Documents", "TextAnalysis", "Reports", "ByteKernels", "CKernels"]),
    tests("QualityModel", uses: ["Documents", "ByteKernels", "TextAnalysis"]),
    row(
      "Tokenization",
      uses: ["TextAnalysis", "Documents", "Reports", "ByteKernels", "CKernels"]),
    tests("Tokenization", uses: ["Documents", "TextAnalysis", "ByteKernels", "CZstd"]),
    // Row 3
    row(
      "Pipelines",
      uses: [
        "Extraction", "Curation", "QualityModel", "Deduplication", "Tokenization", "Packing",
        "Documents", "TextAnalysis", "Reports", "ByteKernels",
        .product(name: "Yams", package: "Yams"),
      ]),
    tests("Pipelines", uses: []),
    row("GristmillTokenizer", uses: ["Tokenization"]),
    tests("GristmillTokenizer", uses: []),
    row("GristmillShards", uses: ["Packing", "ByteKernels"]),
    tests("GristmillShards", uses: ["Packing"]),
    // Row 4
    .executableTarget(
      name: "gristmill",
      dependencies: [
        "Pipelines", "Deduplication", "QualityModel", "Tokenization", "Packing", "TextAnalysis",
        "Documents", "ByteKernels",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["gristmill", "TestSupport"], swiftSettings: strict),
    // What the benchmark measures kernel by kernel
    .executableTarget(
      name: "kernel-benchmarks",
      dependencies: [
        "QualityModel", "Deduplication", "Tokenization", "Documents", "TextAnalysis", "ByteKernels",
      ], path: "Benchmarks/Kernels", swiftSettings: strict),
    // What the benchmark measures over more documents than there are
    .executableTarget(
      name: "duplicate-growth", dependencies: ["Deduplication", "ByteKernels"],
      path: "Benchmarks/Growth", swiftSettings: strict),
    // Tests of the whole
    .target(
      name: "TestSupport", dependencies: ["CBzip2", "CLZMA", "CLZ4"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
