package import TextAnalysis

/// Turns a page's markup into the plain text its readers come for.
///
/// Keeps headings, paragraphs, lists, tables as rows, preformatted text and line breaks; leaves out
/// scripts, navigation, advertisements, comments and what is hidden. Plain text passes as it is.
package struct Extract: Modifier {
  /// How much of the page is kept.
  package enum Mode: String, SettingChoice {
    /// The main content.
    case balanced
    /// Everything a reader sees.
    case allText = "all-text"
  }

  package struct Settings: StepSettings {
    package var mode: Mode = .balanced
    package var title = true
    package var maximumBytes = 8_000_000
    package var maximumDepth = 2048

    package init() {}

    package static let settings: [Setting<Self>] = [
      .init("mode", \.mode, "how much of the page is kept"),
      .init("title", \.title, "whether the page's title heads a text that does not hold it"),
      .init("maximum-bytes", \.maximumBytes, "pages with more bytes of markup are dropped"),
      .init("maximum-depth", \.maximumDepth, "pages with elements nested deeper are dropped"),
    ]
  }

  package enum Reason: String, CaseIterable, Sendable {
    /// Nothing to read on the page.
    case noText = "no-text"
    /// More bytes of markup than the setting allows.
    case tooLarge = "too-large"
    /// Nested deeper than the setting allows, or growing out of proportion while it is parsed.
    case tooComplex = "too-complex"
  }

  package static let name = "extract"
  package static let summary = "Turns HTML into plain text without the page's furniture."

  private let settings: Settings

  package init(_ settings: Settings) throws(SettingsError) {
    for (name, value, maximum) in [
      ("maximum-bytes", settings.maximumBytes, 1_000_000_000),
      ("maximum-depth", settings.maximumDepth, 100_000),
    ] where value < 1 || value > maximum {
      throw SettingsError(setting: name, message: "\(name) must be from 1 to \(maximum)")
    }
    self.settings = settings
  }

  package func modify(_ text: AnalyzedText) -> Modification<Reason> {
    guard text.mediaType == .html else { return .unchanged }
    guard text.bytes.count <= settings.maximumBytes else { return .emptied(.tooLarge) }
    let tree: MarkupTree
    do {
      tree = try MarkupTree(parsing: text.bytes, maximumDepth: settings.maximumDepth)
    } catch {
      return .emptied(.tooComplex)
    }
    let plain = settings.mode == .allText ? allText(of: tree) : mainText(of: tree)
    return plain.isEmpty ? .emptied(.noText) : .replaced(plain, .plain)
  }

  private func mainText(of tree: MarkupTree) -> [UInt8] {
    let content = MainContent(tree)
    let heading =
      settings.title
      ? PageTitle.missing(from: tree, root: content.root, without: content.isLeftOut) : nil
    return PageLayout.text(
      of: tree, root: content.root, without: content.isLeftOut, heading: heading)
  }

  private func allText(of tree: MarkupTree) -> [UInt8] {
    let body = tree.nodes.firstIndex { $0.tag == .body } ?? 0
    let isLeftOut = MainContent.unread(tree)
    let heading =
      settings.title ? PageTitle.missing(from: tree, root: body, without: isLeftOut) : nil
    return PageLayout.text(of: tree, root: body, without: isLeftOut, heading: heading)
  }
}
