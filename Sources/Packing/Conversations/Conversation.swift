package import Documents

/// What somebody said in a conversation.
package struct ChatMessage: Sendable, Equatable {
  /// `system`, `user`, `assistant`, `tool`, or what the record says.
  package var role: String
  /// Valid UTF-8.
  package var content: [UInt8]
  /// False when the record takes the message out of the loss: with a `weight` of 0, or as a part of a
  /// prompt whose response stands apart.
  package var isWeighted = true

  package init(role: String, content: [UInt8], isWeighted: Bool = true) {
    self.role = role
    self.content = content
    self.isWeighted = isWeighted
  }

  /// True when a model is to learn to say it.
  package var isResponse: Bool { role == "assistant" && isWeighted }
}

/// The messages of a record, in order.
package struct Conversation: Sendable, Equatable {
  package var messages: [ChatMessage]

  package init(_ messages: [ChatMessage]) {
    self.messages = messages
  }

  /// Why a record is no conversation.
  package enum Fault: Error, Sendable, Equatable, CustomStringConvertible {
    case none(String)
    case malformed(String)

    /// For the ledger.
    package var cause: String {
      switch self {
      case .none: "no-conversation"
      case .malformed: "malformed-conversation"
      }
    }

    package var description: String {
      switch self {
      case .none(let message), .malformed(let message): message
      }
    }
  }

  /// Finds the messages, or else prompt and response, among the members of a record.
  package init(
    _ metadata: Metadata, _ settings: ConversationSettings
  ) throws(Fault) {
    let members = JSONValueText(metadata).members
    func first(_ names: [String]) -> JSONValueText? {
      for name in names {
        // Of members with one name the last counts.
        if let found = members.last(where: { $0.name == name }), found.value.kind != .null {
          return found.value
        }
      }
      return nil
    }
    if let value = first(settings.messagesFields) {
      messages = try Self.messages(value)
    } else {
      messages = try Self.exchange(
        prompt: first(settings.promptFields), input: first(settings.inputFields),
        response: first(settings.responseFields), settings)
    }
    if messages.isEmpty { throw .malformed("there are no messages") }
    if messages[0].role != "system" {
      let system = first(settings.systemFields)?.string ?? []
      let content = system.isEmpty ? Array(settings.defaultSystem.utf8) : system
      if !content.isEmpty { messages.insert(ChatMessage(role: "system", content: content), at: 0) }
    }
  }

  /// All that was said, a message a line or more: what steps that judge texts look at.
  package var text: [UInt8] {
    Array(messages.map(\.content).joined(separator: [UInt8(ascii: "\n")]))
  }

  private static func exchange(
    prompt: JSONValueText?, input: JSONValueText?, response: JSONValueText?,
    _ settings: ConversationSettings
  ) throws(Fault) -> [ChatMessage] {
    guard let prompt, let response else {
      let missing = prompt == nil ? settings.promptFields : settings.responseFields
      throw .none(
        "no member \(settings.messagesFields.joined(separator: " or ")), and no "
          + "\(missing.joined(separator: " or ")); name the member with --set "
          + "shards.messages-fields, prompt-fields or response-fields")
    }
    var messages = try messages(prompt, saidBy: "user")
    // What came before the response was said already, by whomever.
    for index in messages.indices where messages[index].isResponse {
      messages[index].isWeighted = false
    }
    if let input = input?.string, !input.isEmpty {
      messages[messages.count - 1].content += [UInt8(ascii: "\n")] + input
    }
    return messages + (try Self.messages(response, saidBy: "assistant"))
  }

  /// A text that somebody said, or messages.
  private static func messages(
    _ value: JSONValueText, saidBy role: String
  ) throws(Fault) -> [ChatMessage] {
    if let content = value.string { return [ChatMessage(role: role, content: content)] }
    let messages = try messages(value)
    if messages.isEmpty { throw .malformed("there are no messages of the \(role)") }
    return messages
  }

  private static func messages(_ value: JSONValueText) throws(Fault) -> [ChatMessage] {
    guard value.kind == .array else { throw .malformed("the messages are not a list") }
    var messages: [ChatMessage] = []
    for element in value.elements {
      do throws(Fault) {
        messages.append(try ChatMessage(element))
      } catch {
        throw .malformed("message \(messages.count + 1): \(error)")
      }
    }
    return messages
  }
}

extension ChatMessage {
  /// What those who share conversations call the roles.
  private static let roles = [
    "human": "user", "gpt": "assistant", "function_call": "assistant", "observation": "tool",
  ]

  private static func role(_ name: [UInt8]) -> String {
    let name = String(decoding: name, as: UTF8.self)
    return roles[name] ?? name
  }

  /// Reads an object with `role` and `content`, or `from` and `value`.
  init(_ value: JSONValueText) throws(Conversation.Fault) {
    guard value.kind == .object else { throw .malformed("not an object") }
    var (role, sender, content, weight): (JSONValueText?, JSONValueText?, JSONValueText?, String?)
    for member in value.members {
      switch member.name {
      case "role": role = member.value
      case "from": sender = member.value
      case "content", "value": content = member.value
      case "weight": weight = member.value.spelling
      default: break
      }
    }
    guard let name = role?.string ?? sender?.string else { throw .malformed("no role") }
    self.role = Self.role(name)
    self.content = try Self.content(content)
    isWeighted = weight.flatMap(Double.init) != 0
  }

  /// A text, or a list of parts that are texts.
  private static func content(_ value: JSONValueText?) throws(Conversation.Fault) -> [UInt8] {
    guard let value, value.kind != .null else { throw .malformed("no content") }
    if let text = value.string { return text }
    guard value.kind == .array else { throw .malformed("the content is not a text") }
    var content: [UInt8] = []
    for part in value.elements {
      if let text = part.string {
        content += text
        continue
      }
      guard let text = part.members.last(where: { $0.name == "text" })?.value.string else {
        throw .malformed("a part of the content is not a text")
      }
      content += text
    }
    return content
  }
}
