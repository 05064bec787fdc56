import FoundationEssentials
import Testing

@testable import Documents

struct TimestampTests {
  @Test(arguments: [
    ("1970", 0.0), ("1970-01-02", 86400), ("2021-03", 1_614_556_800),
    ("2021-03-04T05:06:07Z", 1_614_834_367), ("2021-03-04 05:06:07.25", 1_614_834_367.25),
    ("20210304050607", 1_614_834_367), ("2021-03-04T05:06+02:00", 1_614_827_160),
    ("2021-03-04T05:06-0230", 1_614_843_360), ("1969-12-31T23:59:59Z", -1),
    ("2000-02-29", 951_782_400),
  ])
  func `a moment is read`(text: String, seconds: Double) {
    #expect(Timestamp(text)?.seconds == seconds)
  }

  @Test(arguments: ["", "21", "2021-13", "2021-00-01", "2021-03-04T05:06:07 UTC", "2021-", "x2021"])
  func `what is no date is none`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `every day of four centuries is that of the calendar`() {
    for day in stride(from: -120_000, to: 60_000, by: 37) {
      let date = Date(timeIntervalSince1970: Double(day) * 86400)
      let text = date.formatted(.iso8601.year().month().day())
      #expect(Timestamp(text)?.seconds == Double(day) * 86400)
    }
  }
}
