/// An MDS shard put together byte by byte from the description of the format, as slowly as you like.
enum MDSReference {
  /// The file; each sample is its sizes and values already.
  static func shard(configuration: String, samples: [[UInt8]]) -> [UInt8] {
    func number(_ value: Int) -> [UInt8] { MegatronReference.bytes(of: value, byteCount: 4) }
    let headByteCount = 4 + 4 * (samples.count + 1) + configuration.utf8.count
    var file = number(samples.count)
    for count in 0...samples.count {
      file += number(headByteCount + samples.prefix(count).reduce(0) { $0 + $1.count })
    }
    return file + Array(configuration.utf8) + samples.flatMap { $0 }
  }

  static func configuration(
    encodings: String, names: String, sizes: String, compression: String = "null",
    sizeLimit: Int = 67_108_864
  ) -> String {
    #"{"column_encodings": [\#(encodings)], "column_names": [\#(names)], "#
      + #""column_sizes": [\#(sizes)], "compression": \#(compression), "format": "mds", "#
      + #""hashes": ["xxh64"], "size_limit": \#(sizeLimit), "version": 2}"#
  }

  static func array(_ values: [Int], width: Int) -> [UInt8] {
    values.flatMap { MegatronReference.bytes(of: $0, byteCount: width) }
  }
}
