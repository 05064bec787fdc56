import Testing

@testable import Documents

struct ParquetDateTests {
  /// Seconds and fraction by Python's `divmod(n, 10 ** digits)`, hours by `divmod` of the seconds'
  /// magnitude.
  @Test(arguments: [
    (Int.min, ParquetTimeUnit.milliseconds, "-2562047788015:12:56.192"),
    (.min, .microseconds, "-2562047788:00:55.224192"),
    (.min, .nanoseconds, "-2562047:47:17.145224192"),
    (.max, .milliseconds, "2562047788015:12:55.807"),
    (.max, .microseconds, "2562047788:00:54.775807"),
    (.max, .nanoseconds, "2562047:47:16.854775807"),
    (-1, .nanoseconds, "-00:00:01.999999999"),
    (1, .nanoseconds, "00:00:00.000000001"),
    (3_723_000, .milliseconds, "01:02:03"),
  ])
  func `a time of any size has its digits`(count: Int, unit: ParquetTimeUnit, text: String) {
    var bytes: [UInt8] = []
    ParquetDate.appendTime(count, unit, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  /// Made by numpy 2: `str(numpy.datetime64(n, unit))`; the least number is numpy's "no time".
  @Test(arguments: [
    (Int.min + 1, ParquetTimeUnit.nanoseconds, "1677-09-21T00:12:43.145224193"),
    (.min, .nanoseconds, "1677-09-21T00:12:43.145224192"),
    (.max, .nanoseconds, "2262-04-11T23:47:16.854775807"),
  ])
  func `so has a moment`(count: Int, unit: ParquetTimeUnit, text: String) {
    var bytes: [UInt8] = []
    ParquetDate.appendTimestamp(count, unit, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }

  @Test(arguments: [Int.min, .min + 1, -1, 0, .max])
  func `no moment is out of range`(count: Int) {
    for unit in [ParquetTimeUnit.milliseconds, .microseconds, .nanoseconds] {
      var bytes: [UInt8] = []
      ParquetDate.appendTimestamp(count, unit, to: &bytes)
      ParquetDate.appendTimestamp(days: .init(Int32.min), nanosecondsOfDay: count, to: &bytes)
      #expect(!bytes.isEmpty)
    }
  }
}
