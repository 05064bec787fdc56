import ByteKernels
import Logging
import Pipelines
import Synchronization

/// Says how a run goes on: stages, rate, time left, and what went wrong.
final class RunReporter: RunObserver {
  private struct State {
    var stage = ""
    var taskCount = 0
    var doneCount = 0
    var doneBefore = 0
    var byteCount = 0
    var began = ContinuousClock.now
    var shown = ContinuousClock.now
    var warningCounts: [String: Int] = [:]
    var timings: [StageTiming] = []
  }

  private let state = Mutex(State())
  private let logger: Logger
  private let isQuiet: Bool
  private let warningLimit = 20

  init(quiet: Bool) {
    isQuiet = quiet
    logger = Logger(label: "gristmill") { _ in LineLogHandler(logLevel: quiet ? .error : .info) }
  }

  var timings: [StageTiming] { state.withLock { $0.timings } }

  func stageBegan(_ stage: String, taskCount: Int, doneCount: Int) {
    state.withLock {
      ($0.stage, $0.taskCount, $0.doneCount, $0.doneBefore) = (
        stage, taskCount, doneCount, doneCount
      )
      ($0.byteCount, $0.began) = (0, .now)
    }
    if doneCount > 0 {
      logger.info("\(stage): \(doneCount) of \(taskCount) tasks were done before; going on")
    }
  }

  func advanced(byteCount: Int) {
    let line: String? = state.withLock { state in
      state.byteCount += byteCount
      guard (.now - state.shown) / .seconds(1) >= ProgressLine.shared.interval else { return nil }
      state.shown = .now
      return Self.line(state)
    }
    if let line, !isQuiet { ProgressLine.shared.show(line) }
  }

  func progressed(_ done: Int, of total: Int, _ unit: String) {
    let line: String? = state.withLock { state in
      guard (.now - state.shown) / .seconds(1) >= ProgressLine.shared.interval else { return nil }
      state.shown = .now
      let seconds = (.now - state.began) / .seconds(1)
      var line = "\(state.stage): \(Words.count(done)) of \(Words.count(total)) \(unit)"
      if done > 0, done < total {
        line += ", about \(Words.duration(seconds / Double(done) * Double(total - done))) left"
      }
      return line
    }
    if let line, !isQuiet { ProgressLine.shared.show(line) }
  }

  func taskEnded(_ stage: String, index: Int) {
    state.withLock { $0.doneCount += 1 }
  }

  func warned(_ message: String) {
    let count = state.withLock { state in
      state.warningCounts[state.stage, default: 0] += 1
      return state.warningCounts[state.stage, default: 0]
    }
    if count <= warningLimit { logger.warning("\(message)") }
    if count == warningLimit + 1 {
      logger.warning("more of this kind are counted in the ledger and not shown")
    }
  }

  func failed(_ message: String) {
    logger.error("\(message)")
  }

  func stageEnded(_ timing: StageTiming) {
    state.withLock { $0.timings.append(timing) }
    if !isQuiet { ProgressLine.shared.show("") }
    let rate = timing.byteCount > 0 ? ", \(Words.bytes(timing.byteCount))" : ""
    logger.info(
      "\(timing.stage): \(timing.taskCount) tasks in \(Words.duration(timing.wallSeconds))\(rate)")
  }

  func finished() {
    if !isQuiet { ProgressLine.shared.show("") }
  }

  private static func line(_ state: State) -> String {
    let seconds = max(0.001, (.now - state.began) / .seconds(1))
    let rate = Words.bytes(Int(Double(state.byteCount) / seconds))
    let done = state.doneCount - state.doneBefore
    var line = "\(state.stage): task \(state.doneCount) of \(state.taskCount), \(rate)/s"
    if done > 0, state.taskCount > state.doneCount {
      let left = seconds / Double(done) * Double(state.taskCount - state.doneCount)
      line += ", about \(Words.duration(left)) left"
    }
    return line
  }
}
