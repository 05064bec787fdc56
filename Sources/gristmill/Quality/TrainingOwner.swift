import Pipelines

/// The settings of training, under which `gristmill list` names them.
enum TrainingOwner: SettingOwner {
  static let name = QualitySearch.owner
  static let subject = "how the model is trained"
  static let example = "words=3"
}
