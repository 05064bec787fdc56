/// The steps of this target, in alphabetical order.
package enum TextCatalog {
  package static let steps: [any Step.Type] = [
    Normalize.self, RepairMojibake.self,
  ]
}
