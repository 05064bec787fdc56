// swift-tools-version:6.2
import PackageDescription

// The readers once more, instrumented for libFuzzer; a package of its own, so that no flag of this
// reaches the product. `Sources` is a link to the repository's.

let instrumented: [SwiftSetting] = [
  .unsafeFlags(["-sanitize=fuzzer"]),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]
let instrumentedC: [CSetting] = [.unsafeFlags(["-fsanitize=fuzzer-no-link"])]

func row(_ name: String, uses: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: uses, path: "Sources/\(name)", swiftSettings: instrumented)
}

func system(_ name: String, pkgConfig: String?) -> Target {
  .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: pkgConfig)
}

let package = Package(
  name: "fuzz",
  targets: [
    system("CZstd", pkgConfig: "libzstd"),
    system("CISAL", pkgConfig: "libisal"),
    system("CBzip2", pkgConfig: nil),
    system("CLZMA", pkgConfig: "liblzma"),
    system("CLZ4", pkgConfig: "liblz4"),
    system("CBrotli", pkgConfig: "libbrotlidec"),
    system("CSnappy", pkgConfig: "snappy"),
    .target(name: "CKernels", path: "Sources/CKernels", cSettings: instrumentedC),
    .target(
      name: "CText", path: "Sources/CText", linkerSettings: [.linkedLibrary("icuuc")]),
    row(
      "ByteKernels",
      uses: ["CKernels", "CZstd", "CISAL", "CBzip2", "CLZMA", "CLZ4", "CBrotli", "CSnappy"]),
    row("Documents", uses: ["ByteKernels"]),
    row("TextAnalysis", uses: ["ByteKernels", "CKernels", "CText"]),
    .target(
      name: "CLibFuzzer", path: "CLibFuzzer",
      linkerSettings: [
        .unsafeFlags([
          "-L\(Context.environment["FUZZER_RUNTIME"] ?? "/opt/swift/usr/lib/clang/21/lib/linux")"
        ]),
        .linkedLibrary("clang_rt.fuzzer_no_main-x86_64"), .linkedLibrary("stdc++"),
      ]),
    .executableTarget(
      name: "Fuzz", dependencies: ["CLibFuzzer", "Documents", "TextAnalysis", "ByteKernels"],
      path: "Fuzz", swiftSettings: instrumented + [.swiftLanguageMode(.v5)]),
  ],
  cxxLanguageStandard: .cxx17
)
