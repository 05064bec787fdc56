import ArgumentParser
import ByteKernels
import Pipelines
import Tokenization

/// `gristmill tokenizer train`: a vocabulary from documents.
struct TrainTokenizerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a BPE tokenizer, of bytes or of SentencePiece's kind.",
    discussion: """
      Writes tokenizer.json, tokenizer_config.json, report.json, and tokenizer.tiktoken (bpe) or \
      tokenizer.model (sentencepiece-bpe). The merges depend on the text alone: not on the order \
      of files, workers or memory. What is counted stays in OUTPUT/.gristmill-training until the \
      tokenizer is written: the same command begun again after a kill goes on from there.

        gristmill tokenizer train 'web/*.jsonl.zst' --output tokenizer --vocabulary-size 32768
      """)

  @Argument(help: "Input files or patterns; - is standard input.")
  var input: [String]

  @Option(help: "The folder to write; made when it is not there.")
  var output: String

  @OptionGroup var vocabulary: VocabularyOptions
  @OptionGroup var characters: CharacterOptions
  @OptionGroup var sampling: SamplingOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var machine: MachineOptions

  mutating func run() async throws {
    var settings = TokenizerSettings()
    vocabulary.apply(to: &settings)
    characters.apply(to: &settings)
    sampling.apply(to: &settings)
    let report = try await TokenizerTraining.run(
      input, reading: try reading.settings, settings: settings, to: output,
      workerCount: machine.workerCount, memoryByteCount: machine.memory.byteCount,
      observer: RunReporter(quiet: machine.quiet))
    if !machine.quiet {
      for path in report.paths { ProgressLine.shared.write(path) }
      ProgressLine.shared.write(
        "\(Words.count(report.vocabularySize)) tokens, "
          + "\(Words.decimal(report.bytesPerToken, 3)) bytes a token of the training text")
    }
    try machine.finish(report.ledger, report.failures)
  }
}
