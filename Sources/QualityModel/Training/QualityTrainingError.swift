package import ByteKernels

/// The texts, or the machine, do not allow training.
package enum QualityTrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  case noPositives
  case noNegatives
  /// Fewer than two labels have texts.
  case oneLabel
  /// The weights of as many features do not fit the memory.
  case memory(weightCount: Int, neededByteCount: Int, givenByteCount: Int)
  /// The file that holds what memory does not cannot be written or read.
  case spill(FileError)
  /// That file does not hold what was written to it.
  case damagedSpill(path: String, byteOffset: Int)
  /// The model to start from has other features or labels.
  case otherStart(String)

  package var description: String {
    switch self {
    case .noPositives: "No good texts to train on; give both good and bad ones."
    case .noNegatives: "No bad texts to train on; give both good and bad ones."
    case .oneLabel: "Texts of one label alone; training needs texts of two labels or more."
    case .memory(let weightCount, let needed, let given):
      "Training \(weightCount) weights takes \(Self.megabytes(needed)) MB of memory and has"
        + " \(Self.megabytes(given)) MB; give more with --memory, hash to fewer --features, or"
        + " raise --minimum-document-frequency."
    case .spill(let error): "\(error)"
    case .damagedSpill(let path, let offset):
      "\(path), byte \(offset): does not hold what was written to it; check the disk, or give more"
        + " with --memory so that no file is needed."
    case .otherStart(let difference):
      "The model to start from has other \(difference); start from one with the same settings."
    }
  }

  private static func megabytes(_ byteCount: Int) -> Int { (byteCount + 999_999) / 1_000_000 }
}
