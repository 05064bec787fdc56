internal import CKernels

/// Adds up the rows of a text's words, subwords and n-grams of words, in fastText's order.
enum FastTextScanner {
  /// Fills `scratch.hidden` with the sum of the rows and returns how many they are.
  ///
  /// `file` is the model's file, which holds the words and the matrix.
  static func sumRows(
    _ text: Span<UInt8>, file: Span<UInt8>, _ vocabulary: FastTextVocabulary,
    _ matrix: FastTextMatrix, _ scratch: inout FastTextScratch
  ) -> Int {
    for column in scratch.hidden.indices { scratch.hidden[column] = 0 }
    scratch.hashes.removeAll(keepingCapacity: true)
    var hashes: [UInt32] = []
    var marked: [UInt8] = []
    swap(&hashes, &scratch.hashes)
    swap(&marked, &scratch.marked)
    defer {
      swap(&hashes, &scratch.hashes)
      swap(&marked, &scratch.marked)
    }
    return unsafe scratch.rows.withUnsafeMutableBufferPointer { rows in
      unsafe scratch.hidden.withUnsafeMutableBufferPointer { sum in
        unsafe vocabulary.table.slots.withUnsafeBufferPointer { slots in
          unsafe text.withUnsafeBufferPointer { text in
            unsafe file.withUnsafeBufferPointer { file in
              // SAFETY: all five areas outlive the scan; file, slots and rows are not empty.
              guard let file = file.baseAddress, let slots = slots.baseAddress else { return 0 }
              var scan = unsafe FastTextScan(
                text: text, file: file, slots: slots, vocabulary: vocabulary, matrix: matrix,
                rows: rows, sum: sum)
              scan.run(hashes: &hashes, marked: &marked)
              return scan.rowCount
            }
          }
        }
      }
    }
  }
}

/// One pass over one text.
@safe
private struct FastTextScan {
  /// A word that was found and waits for its look-up.
  struct Word {
    var start: Int
    var byteCount: Int
    var hash: UInt32
  }

  /// Words looked up together, so that the table's cache lines are on their way before they are read.
  private static let batchCapacity = 32
  /// Bit c is set when the byte c separates words: NUL, tab to carriage return, space.
  private static let separators: UInt64 = 0x1_0000_3E01

  let text: UnsafeBufferPointer<UInt8>
  let file: UnsafePointer<UInt8>
  let slots: UnsafePointer<FastTextWordTable.Slot>
  let vocabulary: FastTextVocabulary
  let matrix: FastTextMatrix
  let rows: UnsafeMutableBufferPointer<UInt32>
  let sum: UnsafeMutableBufferPointer<Float>
  var pendingCount = 0
  /// Of all rows that were added.
  var rowCount = 0

  init(
    text: UnsafeBufferPointer<UInt8>, file: UnsafePointer<UInt8>,
    slots: UnsafePointer<FastTextWordTable.Slot>, vocabulary: FastTextVocabulary,
    matrix: FastTextMatrix, rows: UnsafeMutableBufferPointer<UInt32>,
    sum: UnsafeMutableBufferPointer<Float>
  ) {
    unsafe self.text = text
    unsafe self.file = file
    unsafe self.slots = slots
    self.vocabulary = vocabulary
    self.matrix = matrix
    unsafe self.rows = rows
    unsafe self.sum = sum
  }

  mutating func run(hashes: inout [UInt32], marked: inout [UInt8]) {
    var batch = InlineArray<32, Word>(repeating: Word(start: 0, byteCount: 0, hash: 0))
    var position = 0
    var isOpen = true
    while isOpen {
      var count = 0
      while count < Self.batchCapacity {
        guard let word = nextWord(&position) else {
          isOpen = false
          break
        }
        unsafe ck_prefetch(slots + Int(word.hash) & vocabulary.table.mask)
        batch[count] = word
        count &+= 1
      }
      for index in 0..<count { prefetchEntry(batch[index]) }
      for index in 0..<count { add(batch[index], hashes: &hashes, marked: &marked) }
    }
    addEndOfSentence(hashes: &hashes)
    if vocabulary.wordNgrams > 1 { addWordNgrams(hashes) }
    flush()
  }

  /// The next word, hashed; nil at the end of the text or at an end-of-sentence mark in it, where
  /// fastText stops reading.
  @inline(__always)
  private func nextWord(_ position: inout Int) -> Word? {
    // SAFETY: all reads stay below the text's count.
    let end = unsafe text.count
    while position < end, Self.isSeparator(unsafe text[position]) { position &+= 1 }
    let start = position
    var hash = FastTextWordTable.hashSeed
    while position < end {
      let byte = unsafe text[position]
      if Self.isSeparator(byte) { break }
      hash = FastTextWordTable.absorb(hash, byte)
      position &+= 1
    }
    let byteCount = position &- start
    if byteCount == 0 { return nil }
    if hash == vocabulary.endOfSentenceHash, byteCount == 4,
      startsWith(FastTextVocabulary.endOfSentenceBytes, start)
    {
      return nil
    }
    return Word(start: start, byteCount: byteCount, hash: hash)
  }

  @inline(__always)
  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte <= 32 && separators &>> UInt64(byte) & 1 != 0
  }

  /// True when the bytes from `start` on, of which there are enough, begin with `prefix`.
  private func startsWith(_ prefix: [UInt8], _ start: Int) -> Bool {
    for offset in prefix.indices where unsafe text[start + offset] != prefix[offset] {
      return false
    }
    return true
  }

  @inline(__always)
  private mutating func add(_ word: Word, hashes: inout [UInt32], marked: inout [UInt8]) {
    let entry = find(word)
    if entry < 0 {
      let prefix = FastTextVocabulary.labelPrefix
      if word.byteCount >= prefix.count, startsWith(prefix, word.start) { return }
    } else if entry < vocabulary.wordCount {
      push(UInt32(truncatingIfNeeded: entry))
    } else {
      return
    }
    if vocabulary.longestSubword > 0 { addSubwords(word, &marked) }
    if vocabulary.wordNgrams > 1 { hashes.append(word.hash) }
  }

  /// Asks for the bytes that a word will most likely be compared with.
  @inline(__always)
  private func prefetchEntry(_ word: Word) {
    // SAFETY: the index is masked to the table; a free slot has the start of the file.
    unsafe ck_prefetch(file + slots[Int(word.hash) & vocabulary.table.mask].start)
  }

  /// The entry of a word, or -1.
  @inline(__always)
  private func find(_ word: Word) -> Int {
    let mask = vocabulary.table.mask
    var index = Int(word.hash) & mask
    while true {
      // SAFETY: the index is masked to the table, which has free slots.
      let slot = unsafe slots[index]
      if slot.entry < 0 { return -1 }
      if slot.hash == word.hash, isEqual(word, slot.start) { return Int(slot.entry) }
      index = (index &+ 1) & mask
    }
  }

  @inline(__always)
  private func isEqual(_ word: Word, _ start: Int) -> Bool {
    // SAFETY: the word in the file ends in a zero byte, which no word of a text has, so that the
    // comparison ends there at the latest.
    for offset in 0..<word.byteCount
    where unsafe text[word.start &+ offset] != file[start &+ offset] {
      return false
    }
    return unsafe file[start &+ word.byteCount] == 0
  }

  private mutating func addEndOfSentence(hashes: inout [UInt32]) {
    let entry = Int(vocabulary.endOfSentence)
    if entry >= vocabulary.wordCount { return }
    if entry >= 0 { push(UInt32(truncatingIfNeeded: entry)) }
    if vocabulary.wordNgrams > 1 { hashes.append(vocabulary.endOfSentenceHash) }
  }

  /// Adds the n-grams of a word's characters, its beginning and end marked by < and >.
  private mutating func addSubwords(_ word: Word, _ marked: inout [UInt8]) {
    marked.removeAll(keepingCapacity: true)
    marked.append(UInt8(ascii: "<"))
    for offset in 0..<word.byteCount { unsafe marked.append(text[word.start &+ offset]) }
    marked.append(UInt8(ascii: ">"))
    let (shortest, longest) = (vocabulary.shortestSubword, vocabulary.longestSubword)
    let bytes = marked.span
    for start in bytes.indices where bytes[start] & 0xC0 != 0x80 {
      var end = start
      var length = 1
      var hash = FastTextWordTable.hashSeed
      while end < bytes.count, length <= longest {
        repeat {
          hash = FastTextWordTable.absorb(hash, bytes[end])
          end += 1
        } while end < bytes.count && bytes[end] & 0xC0 == 0x80
        let isMark = length == 1 && (start == 0 || end == bytes.count)
        if length >= shortest, !isMark { pushBucket(UInt64(hash)) }
        length += 1
      }
    }
  }

  /// Adds the n-grams of two words and more that begin at each word.
  private mutating func addWordNgrams(_ hashes: [UInt32]) {
    let longest = vocabulary.wordNgrams
    let words = hashes.span
    for start in words.indices {
      var hash = Self.extended(words[start])
      for next in start &+ 1..<max(min(start &+ longest, words.count), start &+ 1) {
        hash = hash &* 116_049_371 &+ Self.extended(words[next])
        pushBucket(hash)
      }
    }
  }

  /// fastText keeps hashes as signed numbers, whose sign fills the upper half.
  @inline(__always)
  private static func extended(_ hash: UInt32) -> UInt64 {
    UInt64(bitPattern: Int64(Int32(bitPattern: hash)))
  }

  @inline(__always)
  private mutating func pushBucket(_ hash: UInt64) {
    if let row = vocabulary.buckets.row(hash: hash) { push(row) }
  }

  @inline(__always)
  private mutating func push(_ row: UInt32) {
    if unsafe pendingCount == rows.count { flush() }
    // SAFETY: there is room for one row after the flush.
    unsafe rows[pendingCount] = row
    pendingCount &+= 1
  }

  /// Adds the rows that wait to the sum.
  private mutating func flush() {
    let pending = unsafe UnsafeBufferPointer(rebasing: rows[..<pendingCount])
    unsafe matrix.addRows(pending, in: file, to: sum)
    rowCount += pendingCount
    pendingCount = 0
  }
}
