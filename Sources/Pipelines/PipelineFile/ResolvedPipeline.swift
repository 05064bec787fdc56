package import TextAnalysis

extension Pipeline {
  /// The pipeline as a file that says every default; reading it back gives the same pipeline.
  package var resolvedText: String {
    var lines = ["gristmill: \(PipelineParser.languageVersion)", "seed: \(seed)", "read:"]
    lines += Self.lines(ResolvedSetting.all(of: read), indentation: 2)
    lines.append("stages:")
    if curates { lines.append(steps.isEmpty ? "  - curate: []" : "  - curate:") }
    for step in steps {
      lines.append("      - \(step.name):" + (step.settings.isEmpty ? " {}" : ""))
      lines += Self.lines(step.settings, indentation: 10)
    }
    let stages: [(String, [ResolvedSetting]?)] = [
      ("deduplicate", deduplicate.map(ResolvedSetting.all(of:))),
      ("select", select.map(ResolvedSetting.all(of:))),
      ("documents", documents.map(ResolvedSetting.all(of:))),
      ("tokenizer", tokenizer.map(ResolvedSetting.all(of:))),
      ("shards", shards.map(ResolvedSetting.all(of:))),
    ]
    for case (let name, let settings?) in stages {
      lines.append("  - \(name):")
      lines += Self.lines(settings, indentation: 6)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ settings: [ResolvedSetting], indentation: Int) -> [String] {
    let margin = String(repeating: " ", count: indentation)
    return settings.map { "\(margin)\($0.name): \($0.value.yaml)" }
  }
}

extension SettingValue {
  /// The value on one line of YAML.
  package var yaml: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): String(number)
    case .string(let text): Self.quoted(text)
    case .list(let values): "[" + values.map(\.yaml).joined(separator: ", ") + "]"
    }
  }

  /// Always in double quotes, so that no text is taken for a number or a flag.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
