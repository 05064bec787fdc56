package import TextAnalysis

/// The `documents` stage: clean, unique documents as JSON lines.
package struct DocumentStageSettings: StepSettings {
  package enum Compression: String, SettingChoice {
    case zstd, gzip, none

    var ending: String {
      switch self {
      case .zstd: ".zst"
      case .gzip: ".gz"
      case .none: ""
      }
    }
  }

  package var compression = Compression.zstd

  package init() {}

  package static var settings: [Setting<DocumentStageSettings>] {
    [.init("compression", \.compression, "how the JSON lines are compressed")]
  }
}
