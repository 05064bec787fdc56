/// Rows in columns: columns of words stand to the left, columns of numbers to the right.
package struct TextTable {
  private var rows: [[String]] = []
  private let hasHeader: Bool
  private let wordColumns: Set<Int>

  /// A table whose header is underlined, or one without a header when that is empty.
  package init(header: [String] = [], wordColumns: Set<Int> = [0]) {
    hasHeader = !header.isEmpty
    self.wordColumns = wordColumns
    if hasHeader { rows.append(header) }
  }

  package mutating func append(_ row: [String]) {
    rows.append(row)
  }

  /// One line a row, each ended by a line feed.
  package var text: String {
    let columnCount = rows.map(\.count).max() ?? 0
    let widths = (0..<columnCount).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var lines = rows.map { row in
      var cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return wordColumns.contains(column) ? cell + padding : padding + cell
      }
      if let last = row.last, wordColumns.contains(row.count - 1) { cells[row.count - 1] = last }
      return cells.joined(separator: "  ")
    }
    if hasHeader {
      let width = widths.reduce(2 * (columnCount - 1), +)
      lines.insert(String(repeating: "-", count: width), at: 1)
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
