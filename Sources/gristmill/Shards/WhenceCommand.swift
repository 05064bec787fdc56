import ArgumentParser
import ByteKernels
import Pipelines
import Tokenization

/// `gristmill whence`: from a token back to its document.
struct WhenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whence",
    abstract: "Tell which document a token of a shard is of, and where that came from.",
    discussion: """
      The shard is named by any of its files or by what their names have in common; the offset counts \
      tokens from 0, over all files of a shard that is continued in several. The text around the token \
      is shown when the tokenizer stands beside the shards, or is named.

        gristmill whence packed/train-00003.bin 1048576
        gristmill whence packed/train-00003 1048576 --json
      """)

  @Argument(help: "The shard: any of its files, or the path before their endings.")
  var shard: String

  @Argument(help: "The token's offset in the shard, from 0.")
  var offset: Int

  @Option(help: TokenizerPath.help)
  var tokenizer: String?

  @OptionGroup var split: SplitOptions

  @OptionGroup var machine: MachineOptions

  mutating func run() throws {
    let answer = try Whence.ask(
      shard, offset: offset, tokenizer: try tokenizer.map(split.load))
    Terminal.write(machine.json ? answer.json + "\n" : answer.words, to: .output)
  }
}
