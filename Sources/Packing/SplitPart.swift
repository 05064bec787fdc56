/// One part of a split corpus, as its shards are named.
package enum SplitPart: String, CaseIterable, Sendable {
  case train
  case validation = "val"
  case test
}
