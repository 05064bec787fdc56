/// A token that is found in a text as it stands, before the text is cut into pieces.
package struct AddedToken: Sendable, Equatable {
  package let id: UInt32
  package let text: String
  /// Found only where special tokens are allowed: a text that looks like one is ordinary text.
  package var isSpecial = true
  /// Found in the normalized text, by its own normalized form, not in the text as it stands.
  package var isNormalized = false
  /// Takes the white space before it along.
  package var stripsLeft = false
  /// Takes the white space after it along.
  package var stripsRight = false
  /// Found only where no letter, number or connecting mark touches it.
  package var isWholeWord = false
  /// The model has the token too, under the same name.
  package var isInModel = true

  package init(
    id: UInt32, text: String, isSpecial: Bool = true, isNormalized: Bool = false,
    stripsLeft: Bool = false, stripsRight: Bool = false, isWholeWord: Bool = false,
    isInModel: Bool = true
  ) {
    self.id = id
    self.text = text
    self.isSpecial = isSpecial
    self.isNormalized = isNormalized
    self.stripsLeft = stripsLeft
    self.stripsRight = stripsRight
    self.isWholeWord = isWholeWord
    self.isInModel = isInModel
  }
}
