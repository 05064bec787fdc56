internal import ByteKernels
internal import Reports

/// What a search over settings found.
package struct SearchResult: Sendable, Equatable {
  /// One setting of what was tried, as a person writes it: `regularization` and `1e-05`.
  package struct Setting: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// One combination of settings and how it did.
  package struct Row: Sendable, Equatable {
    package let settings: [Setting]
    package let figures: [FigureSummary]

    package init(settings: [Setting], figures: [FigureSummary]) {
      self.settings = settings
      self.figures = figures
    }

    package func value(of setting: String) -> String? {
      settings.first { $0.name == setting }?.value
    }

    package func summary(of figure: String) -> FigureSummary? {
      figures.first { $0.name == figure }
    }
  }

  /// In the order they were tried.
  package let rows: [Row]
  /// The name of the figure that decides.
  package let figure: String

  package init(rows: [Row], figure: String = "auc") {
    self.rows = rows
    self.figure = figure
  }

  /// The rows from the best to the worst mean of the figure; equal ones in the order they were tried, and
  /// those without it last.
  package var ranked: [Row] {
    let sign = FigureSummary.isLoss(figure) ? 1.0 : -1.0
    let keys = rows.map { $0.summary(of: figure)?.mean.map { sign * $0 } ?? .infinity }
    return rows.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { rows[$0] }
  }

  /// The best row; nil when none has the figure.
  package var best: Row? {
    ranked.first.flatMap { $0.summary(of: figure)?.mean == nil ? nil : $0 }
  }

  /// Every setting's name, in the order first met.
  var settingNames: [String] {
    var names: [String] = []
    for row in rows {
      for setting in row.settings where !names.contains(setting.name) {
        names.append(setting.name)
      }
    }
    return names
  }

  /// Figures that the table has beside the one that decides; the JSON has all.
  private static let listedFigures = ["auc", "average_precision", "log_loss", "f1"]

  /// One row a combination, the best first: its settings, then figures with their spread.
  package var table: String {
    let known = Set(rows.flatMap { $0.figures.map(\.name) })
    let others = Self.listedFigures.filter { $0 != figure && known.contains($0) }
    let figureNames = [figure] + others
    var table = TextTable(
      header: settingNames + figureNames, wordColumns: Set(settingNames.indices))
    for row in ranked {
      table.append(
        settingNames.map { FigureText.name(row.value(of: $0) ?? "-") }
          + figureNames.map { row.summary(of: $0)?.text ?? "-" })
    }
    return table.text
  }

  /// One JSON object on one line: the deciding figure, the best row, and all rows as they were tried.
  package var json: String {
    JSONValue.object([
      ("figure", .string(figure)), ("best", best?.json ?? .null),
      ("rows", .array(rows.map(\.json))),
    ]).text
  }
}

extension SearchResult.Row {
  fileprivate var json: JSONValue {
    .object([
      ("settings", .object(settings.map { ($0.name, .string($0.value)) })),
      ("figures", .object(figures.map { ($0.name, $0.json) })),
    ])
  }
}
