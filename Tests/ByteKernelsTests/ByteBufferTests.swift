import ByteKernels
import TestSupport
import Testing

struct ByteBufferTests {
  @Test func `a window holds what an array would hold, whatever is added and consumed`() {
    var generator = SeededGenerator(seed: 5)
    var buffer = ByteBuffer(capacity: 64)
    var model: [UInt8] = []
    for round in 0..<3000 {
      switch UInt8.random(in: 0..<5, using: &generator) {
      case 0, 1:
        let byteCount = Int.random(in: 0..<(round % 400 == 0 ? 5000 : 90), using: &generator)
        let bytes = (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
        buffer.append(bytes.span)
        model += bytes
      case 2, 3:
        let byteCount = Int.random(in: 0...min(model.count, 200), using: &generator)
        buffer.consume(byteCount)
        model.removeFirst(byteCount)
      default:
        let byteCount = Int.random(in: 0...min(model.count, 20), using: &generator)
        buffer.removeLast(byteCount)
        model.removeLast(byteCount)
      }
      #expect(buffer.count == model.count)
      #expect([UInt8](copying: buffer.bytes) == model)
    }
  }
}
