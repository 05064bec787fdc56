import ArgumentParser
import ByteKernels
import Pipelines

/// The command: arguments in, words out.
@main
struct Gristmill: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gristmill",
    abstract: "Turns a crawl dump into packed token shards for language-model pretraining.",
    discussion: """
      The main job, resumable: run the same command again after a kill and it goes on.

        gristmill run Pipelines/crawl.yaml --input 'crawl/*.warc.gz' --output out

      Exit status: 0 all done and the ledger balances; 1 finished, but something failed (it is said \
      what and why); 64 the command or the pipeline file is wrong, and nothing ran.
      """,
    version: ToolVersion.current,
    subcommands: [
      RunCommand.self, TaskCommand.self, CheckCommand.self, ListCommand.self, ConvertCommand.self,
      DeduplicateCommand.self, QualityCommand.self, TokenizerCommand.self, PackCommand.self,
      VerifyCommand.self, WhenceCommand.self, ForgetCommand.self,
      InspectCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as PipelineError {
      Terminal.write("\(error)\n", to: .error)
      exit(withError: ExitCode.validationFailure)
    } catch {
      exit(withError: error)
    }
  }
}
