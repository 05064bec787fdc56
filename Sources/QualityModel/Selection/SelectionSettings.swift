package import TextAnalysis

/// The `select` stage: the best share of the documents by an attribute, in each group of its own.
package struct SelectionSettings: StepSettings {
  /// What the share is a share of.
  package enum Measure: String, SettingChoice {
    case documents
    /// Bytes of text: half the documents can be a tenth of the bytes.
    case bytes
  }

  /// An attribute that a step gave, or a number in the documents' metadata.
  package var attribute = "quality"
  package var share = 1.0
  /// `source`, or a member of the metadata such as `language`; null makes one group of all.
  package var by: String?
  package var measure = Measure.documents

  package init() {}

  package static var settings: [Setting<SelectionSettings>] {
    [
      .init(
        "attribute", \.attribute,
        "what documents are ordered by: an attribute of a step, or a number in their metadata"),
      .init("share", \.share, "how much is kept of each group, from 0 to 1, the highest first"),
      .init(
        "by", \.by,
        "what makes a group: source, or a member of the metadata such as language; null is one group"
      ),
      .init("measure", \.measure, "what the share is a share of"),
    ]
  }

  package func validate() throws(SettingsError) {
    if attribute.isEmpty {
      throw SettingsError(setting: "attribute", message: "Name the attribute, such as quality.")
    }
    if !(0...1).contains(share) {
      throw SettingsError(setting: "share", message: "Must be from 0 to 1.")
    }
    if by?.isEmpty == true {
      throw SettingsError(
        setting: "by", message: "Name source or a member of the metadata, or write null.")
    }
  }
}
