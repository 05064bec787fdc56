/// Which terms a text has, and how a term becomes a feature.
package enum FeatureTerms: Sendable, Hashable {
  case words(WordTerms)
  case spark(SparkTerms)

  package init(_ pipeline: FeaturePipeline) {
    switch pipeline {
    case .words: self = .words(WordTerms())
    case .spark: self = .spark(SparkTerms())
    }
  }

  package var pipeline: FeaturePipeline {
    switch self {
    case .words: .words
    case .spark: .spark
    }
  }
}
