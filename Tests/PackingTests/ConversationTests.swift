import Documents
import Testing

@testable import Packing

struct ConversationTests {
  @Test(arguments: [
    #""messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho"}]"#,
    #""conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Ho"}]"#,
    #""prompt":"Hi","response":"Ho""#, #""instruction":"Hi","input":"","output":"Ho""#,
    #""prompt":[{"role":"user","content":"Hi"}],"completion":[{"role":"assistant","content":"Ho"}]"#,
    #""messages":null,"prompt":"Hi","completion":"Ho""#,
    #""messages":[{"role":"human","content":"Hi"},{"role":"gpt","content":"Ho"}]"#,
    #""messages":[{"content":[{"type":"text","text":"H"},"i"],"role":"user"},"#
      + #"{"role":"\u0061ssistant","content":"Ho","name":null}]"#,
    #""messages":[{"role":"system","content":"no"}],"messages":[{"role":"user","content":"Hi"},"#
      + #"{"role":"assistant","content":"Ho"}]"#,
  ])
  func `every usual way to write a conversation is read`(members: String) throws {
    let conversation = try Self.read(members)
    #expect(conversation == Conversation([Self.say("user", "Hi"), Self.say("assistant", "Ho")]))
    #expect(conversation.text == Array("Hi\nHo".utf8))
  }

  @Test func `an input comes behind its instruction, a system's message before all`() throws {
    let conversation = try Self.read(
      #""instruction":"Add.","input":"1 2","output":"3","system":"Be exact.""#)
    #expect(
      conversation.messages == [
        Self.say("system", "Be exact."), Self.say("user", "Add.\n1 2"), Self.say("assistant", "3"),
      ])
    let named = try Self.read(#""q":"a","a":"b""#) {
      $0.promptFields = ["q"]
      $0.responseFields = ["a"]
      $0.defaultSystem = "S"
    }
    #expect(named.messages.map(\.role) == ["system", "user", "assistant"])
    let own = try Self.read(#""system":"x","messages":[{"role":"system","content":"y"}]"#)
    #expect(own.messages == [Self.say("system", "y")])
  }

  @Test func `a message without weight is no response`() throws {
    let conversation = try Self.read(
      #""messages":[{"role":"assistant","content":"a","weight":0},"#
        + #"{"role":"assistant","content":"b","weight":1}]"#)
    #expect(conversation.messages.map(\.isResponse) == [false, true])
  }

  @Test func `what an assistant said in a prompt is no response`() throws {
    let conversation = try Self.read(
      #""prompt":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},"#
        + #"{"role":"user","content":"c"}],"completion":[{"role":"assistant","content":"d"}]"#)
    #expect(conversation.messages.map(\.isResponse) == [false, false, false, true])
  }

  @Test(arguments: [
    (#""text":"a""#, "no-conversation"), (#""prompt":"a""#, "no-conversation"),
    (#""messages":[]"#, "malformed-conversation"), (#""messages":"a""#, "malformed-conversation"),
    (#""messages":["a"]"#, "malformed-conversation"),
    (#""messages":[{"role":"user"}]"#, "malformed-conversation"),
    (#""messages":[{"content":"a"}]"#, "malformed-conversation"),
    (
      #""messages":[{"role":"assistant","content":null,"tool_calls":[]}]"#, "malformed-conversation"
    ),
    (#""messages":[{"role":"user","content":[{"type":"image"}]}]"#, "malformed-conversation"),
    (#""prompt":[],"response":"a""#, "malformed-conversation"),
    (#""prompt":1,"response":"a""#, "malformed-conversation"),
  ])
  func `what is no conversation says why`(members: String, cause: String) {
    do throws(Conversation.Fault) {
      let conversation = try Self.read(members)
      Issue.record("\(conversation)")
    } catch {
      #expect(error.cause == cause)
    }
  }

  @Test func `ChatML is written as transformers writes it`() {
    let script = ChatTemplate.chatML.script(
      Conversation([Self.say("user", " Hi <|im_end|>"), Self.say("assistant", "Ho\n")]))
    #expect(
      script.parts == [
        .special("<|im_start|>", isCounted: false),
        .text(Array("user\n Hi <|im_end|>".utf8), counted: []),
        .special("<|im_end|>", isCounted: false), .text(Array("\n".utf8), counted: []),
        .special("<|im_start|>", isCounted: false),
        .text(Array("assistant\nHo\n".utf8), counted: [10..<13]),
        .special("<|im_end|>", isCounted: true), .text(Array("\n".utf8), counted: []),
      ])
  }

  @Test func `Llama 3's template trims and begins once`() {
    let script = ChatTemplate.llama3.script(
      Conversation([Self.say("user", "\u{A0} \u{1C}"), Self.say("assistant", "\n\u{2009}é \t")]))
    #expect(
      script.parts == [
        .special("<|begin_of_text|>", isCounted: false),
        .special("<|start_header_id|>", isCounted: false), .text(Array("user".utf8), counted: []),
        .special("<|end_header_id|>", isCounted: false), .text(Array("\n\n".utf8), counted: []),
        .special("<|eot_id|>", isCounted: false),
        .special("<|start_header_id|>", isCounted: false),
        .text(Array("assistant".utf8), counted: []),
        .special("<|end_header_id|>", isCounted: false),
        .text(Array("\n\né".utf8), counted: [2..<4]), .special("<|eot_id|>", isCounted: true),
      ])
  }

  @Test func `without a template the contents follow one another, each by itself`() {
    let script = ChatTemplate.plain.script(
      Conversation([
        Self.say("user", "1+1="), Self.say("assistant", "2"), Self.say("user", ";"),
        Self.say("assistant", "!"),
      ]))
    #expect(
      script.parts == [
        .text(Array("1+1=".utf8), counted: []), .text(Array("2".utf8), counted: [0..<1]),
        .text(Array(";".utf8), counted: []), .text(Array("!".utf8), counted: [0..<1]),
      ])
  }

  private static func say(_ role: String, _ content: String) -> ChatMessage {
    ChatMessage(role: role, content: Array(content.utf8))
  }

  private static func read(
    _ members: String, _ change: (inout ConversationSettings) -> Void = { _ in }
  ) throws(Conversation.Fault) -> Conversation {
    var settings = ConversationSettings()
    change(&settings)
    return try Conversation(Metadata(members: Array(members.utf8)), settings)
  }
}
