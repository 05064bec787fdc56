internal import ByteKernels

extension Document {
  /// Appends the document as a JSON object without line end; `added` and `created` only if set.
  package func appendJSON(to json: inout [UInt8]) {
    json.append(contentsOf: Array(#"{"id":"#.utf8))
    JSONText.append(id, to: &json)
    json.append(contentsOf: Array(#","text":"#.utf8))
    JSONText.append(text.span, to: &json)
    json.append(contentsOf: Array(#","source":"#.utf8))
    JSONText.append(source, to: &json)
    if let added {
      json.append(contentsOf: Array(#","added":"#.utf8))
      JSONText.append(added, to: &json)
    }
    if let created {
      json.append(contentsOf: Array(#","created":"#.utf8))
      JSONText.append(created, to: &json)
    }
    json.append(contentsOf: Array(#","metadata":{"#.utf8))
    json.append(contentsOf: metadata.members)
    json.append(contentsOf: Array("}}".utf8))
  }
}
