package import TextAnalysis

/// The index of signatures that documents are compared with besides each other.
package struct IndexSettings: StepSettings {
  package var against: PathSetting?
  package var update = false

  package init() {}

  package static var settings: [Setting<Self>] {
    [
      .init(
        "against", \.against,
        "the folder of an index of signatures: documents like one of it are removed"),
      .init(
        "update", \.update, "add the documents that stay to the index, which is made if need be"),
    ]
  }

  package func validate() throws(SettingsError) {
    if update && against == nil {
      throw SettingsError(setting: "update", message: "Needs the folder of an index as 'against'")
    }
  }
}
