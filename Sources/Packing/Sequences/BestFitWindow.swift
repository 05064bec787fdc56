/// Pieces of documents that best-fit has gathered, and the bins they stand in.
///
/// Pieces are placed by descending length, equal ones in their order (best-fit decreasing).
struct BestFitWindow {
  /// What an item counts beside its tokens, so that many short ones do not take more memory than the
  /// window says.
  static let itemWeight = 16

  private(set) var buffer = PendingTokens()
  /// Tokens of all items and their weight.
  private(set) var weight = 0

  private let sequenceLength: Int
  private var bins: BestFitBins
  /// The bin of each item that has been placed.
  private var itemBins: [Int32] = []
  /// For each bin the item that was placed first, its longest.
  private var leaders: [Int32] = []

  init(sequenceLength: Int) {
    self.sequenceLength = sequenceLength
    bins = BestFitBins(capacity: sequenceLength)
  }

  var rooms: [Int32] { bins.rooms }

  /// Takes a piece of fewer tokens than a sequence.
  mutating func append(_ range: Range<Int>, of document: EncodedDocument) {
    buffer.append(range, of: document)
    weight += range.count + Self.itemWeight
  }

  /// Gives every item its bin and returns the items of each.
  mutating func place() -> CountingSort {
    let placed = itemBins.count
    let items = buffer.items
    let sorted = CountingSort(count: items.count - placed, maximumKey: sequenceLength) {
      sequenceLength - Int(items[placed + $0].count)
    }
    itemBins.append(contentsOf: repeatElement(0, count: items.count - placed))
    for number in sorted.order {
      let item = placed + Int(number)
      let bin = bins.place(Int(items[item].count))
      itemBins[item] = Int32(bin)
      if bin == leaders.count { leaders.append(Int32(item)) }
    }
    let itemBins = itemBins
    return CountingSort(count: items.count, maximumKey: max(0, leaders.count - 1)) {
      Int(itemBins[$0])
    }
  }

  /// Which bins are ready: those that are full, and the fullest of the others, until what is left weighs
  /// no more than `limit`.
  func ready(_ members: CountingSort, limit: Int) -> [Bool] {
    var isReady = [Bool](repeating: true, count: rooms.count)
    let emptiestFirst = CountingSort(count: rooms.count, maximumKey: sequenceLength) {
      sequenceLength - Int(rooms[$0])
    }
    var left = 0
    for number in emptiestFirst.order {
      let bin = Int(number)
      left +=
        sequenceLength - Int(rooms[bin]) + Self.itemWeight * members.numbers(bin).count
      if rooms[bin] == 0 || left > limit { break }
      isReady[bin] = false
    }
    return isReady
  }

  /// The bins that are ready, in the order in which their longest items came, which says nothing of
  /// lengths where the documents' order does not.
  func inOrder(_ isReady: [Bool]) -> [Int] {
    itemBins.indices.compactMap { item in
      let bin = Int(itemBins[item])
      return isReady[bin] && Int(leaders[bin]) == item ? bin : nil
    }
  }

  /// Forgets the bins that are ready; the others keep their items and their order.
  mutating func remove(_ isReady: [Bool]) {
    var numbers = [Int32](repeating: -1, count: rooms.count)
    var left: [Int32] = []
    for bin in rooms.indices where !isReady[bin] {
      numbers[bin] = Int32(left.count)
      left.append(rooms[bin])
    }
    var keptBuffer = PendingTokens()
    var keptBins: [Int32] = []
    var keptLeaders = [Int32](repeating: 0, count: left.count)
    weight = 0
    for (item, bin) in itemBins.enumerated() where !isReady[Int(bin)] {
      let number = numbers[Int(bin)]
      if Int(leaders[Int(bin)]) == item { keptLeaders[Int(number)] = Int32(keptBins.count) }
      keptBins.append(number)
      keptBuffer.append(buffer.items[item], of: buffer)
      weight += Int(buffer.items[item].count) + Self.itemWeight
    }
    buffer = keptBuffer
    itemBins = keptBins
    leaders = keptLeaders
    bins.restart(left)
  }
}
