/// A reader of one format.
protocol RecordSource {
  /// The next event of the stream; nil at its end, and ever after.
  mutating func next(_ stream: inout ShardStream) -> ReadEvent?
}
