package import TextAnalysis

/// How records that are conversations become tokens.
package struct ConversationSettings: StepSettings {
  package var chatTemplate = ChatTemplate.none
  package var loss = CountedLoss.responses
  package var messagesFields = ["messages", "conversations"]
  package var promptFields = ["prompt", "instruction"]
  package var inputFields = ["input"]
  package var responseFields = ["response", "completion", "output"]
  package var systemFields = ["system"]
  package var defaultSystem = ""

  package init() {}

  package static var settings: [Setting<Self>] {
    [
      .init(
        "chat-template", \.chatTemplate,
        "records are conversations, and this is written around their messages: ChatML's tokens, those of "
          + "Llama 3, or nothing (plain); none when records are texts"),
      .init(
        "loss", \.loss,
        "which tokens of a conversation the loss counts: those of responses and what ends them, or all"
      ),
      .init(
        "messages-fields", \.messagesFields,
        "the members that may hold the messages, each with role and content, or from and value"),
      .init(
        "prompt-fields", \.promptFields,
        "in records without messages the members that may hold the prompt: a text, or messages"),
      .init(
        "input-fields", \.inputFields,
        "the members that may hold what belongs to the prompt and comes on a line behind it"),
      .init(
        "response-fields", \.responseFields,
        "the members that may hold the response to the prompt: a text, or messages"),
      .init(
        "system-fields", \.systemFields,
        "the members that may hold the system's message, when it is not among the messages"),
      .init(
        "default-system", \.defaultSystem,
        "the system's message of conversations that have none; empty for none"),
    ]
  }

  /// True when records are conversations.
  package var isOn: Bool { chatTemplate != .none }

  /// True when every conversation gets a loss mask.
  package var hasLossMasks: Bool { isOn && loss == .responses }
}

/// Which tokens of conversations a loss counts.
package enum CountedLoss: String, CaseIterable, Sendable, SettingChoice {
  case responses
  case all
}
