internal import CText

/// The script of every scalar, by ICU's numbers (Unicode 15), Hiragana and Katakana as Han.
package enum UnicodeScripts {
  /// Scalars of the script of whatever comes before them.
  package static let inherited = UInt8(ct_script_inherited)

  /// By scalar value; filled once, in a few milliseconds.
  package static let table: [UInt8] = {
    let count = 0x110000
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      // SAFETY: ICU fills all elements.
      unsafe ct_scripts(buffer.baseAddress, UInt32(count))
      filled = count
    }
  }()
}
