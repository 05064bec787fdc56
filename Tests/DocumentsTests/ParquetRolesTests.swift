import FoundationEssentials
import TestSupport
import Testing

@testable import Documents

/// What columns mean to a document.
struct ParquetRolesTests {
  /// Written by pyarrow 26.0.1, uncompressed and without dictionaries; four rows of ten columns:
  /// `id` int64, `text`, `source` strings, `added` date, `created` time stamp in milliseconds,
  /// `price` decimal(9, 2), `metadata`, `url` strings, `raw` bytes, `tags` list of strings.
  private static let table = """
    UEFSMRUAFTwVPCwVCBUAFQYVBhwAAAACAAAAAwsHAAAAAAAAAAgAAAAAAAAACgAAAAAAAAAVABU0FTQsFQgVABUGFQYc\
    AAAAAgAAAAMNBwAAAEdyw7zDn2UAAAAAAQAAAHQVABUuFS4sFQgVABUGFQYcAAAAAgAAAAMNAwAAAHdlYgEAAAB4AQAA\
    AHkVABUcFRwsFQgVABUGFQYcAAAAAgAAAAMFDE0AAP////8VABUcFRwsFQgVABUGFQYcAAAAAgAAAAMBILDj74cBAAAV\
    ABUcFRwsFQgVABUGFQYcAAAAAgAAAAMFAAAAlv////sVABVwFXAsFQgVABUGFQYcAAAAAgAAAAMHGwAAAHsgImxhbmci\
    OiAiZGUiLCAibiI6WzEsMl0gfQIAAAB7fQkAAABubyBvYmplY3QVABUkFSQsFQgVABUGFQYcAAAAAgAAAAMBCAAAAGh0\
    dHA6Ly91FQAVMBUwLBUIFQAVBhUGHAAAAAIAAAADCwIAAAD/AAQAAAB1dGY4AAAAABUAFS4VLiwVChUAFQYVBhwAAAAC\
    AAAAAwIDAAAAAxsDAQAAAGEBAAAAYhUEGdw1ABgGc2NoZW1hFRQAFQQlAhgCaWQAFQwlAhgEdGV4dCUATBwAAAAVDCUC\
    GAZzb3VyY2UlAEwcAAAAFQIlAhgFYWRkZWQlDExsAAAAFQQlAhgHY3JlYXRlZCUSTIwRHBwAAAAAABUOFQgVAhgFcHJp\
    Y2UlChUEFRIsXBUEFRIAAAAVDCUCGAhtZXRhZGF0YSUATBwAAAAVDCUCGAN1cmwlAEwcAAAAFQwlAhgDcmF3ADUCGAR0\
    YWdzFQIVBkw8AAAANQQYBGxpc3QVAgAVDCUCGAdlbGVtZW50JQBMHAAAABYIGRwZrCYAHBUEGSUGABkYAmlkFQAWCBZi\
    FmImCEkcFQAVABUCADwpBhkmAgYAAAAmABwVDBklBgAZGAR0ZXh0FQAWCBZaFlomakkcFQAVABUCADwWEBkGGSYCBgAA\
    ACYAHBUMGSUGABkYBnNvdXJjZRUAFggWVBZUJsQBSRwVABUAFQIAPBYKGQYZJgIGAAAAJgAcFQIZJQYAGRgFYWRkZWQV\
    ABYIFkIWQiaYAkkcFQAVABUCADwpBhkmBAQAAAAmABwVBBklBgAZGAdjcmVhdGVkFQAWCBZCFkIm2gJJHBUAFQAVAgA8\
    KQYZJgYCAAAAJgAcFQ4ZJQYAGRgFcHJpY2UVABYIFkIWQiacA0kcFQAVABUCADwpBhkmBAQAAAAmABwVDBklBgAZGAht\
    ZXRhZGF0YRUAFggWlgEWlgEm3gNJHBUAFQAVAgA8FkwZBhkmAgYAAAAmABwVDBklBgAZGAN1cmwVABYIFkoWSib0BEkc\
    FQAVABUCADwWEBkGGSYGAgAAACYAHBUMGSUGABkYA3JhdxUAFggWVhZWJr4FSRwVABUAFQIAPBYMGQYZJgIGAAAAJgAc\
    FQwZJQYAGTgEdGFncwRsaXN0B2VsZW1lbnQVABYKFlQWVCaUBkkcFQAVABUCADwWBBkmCAIZRgICAgQAAAAW4AYWCCYI\
    FuAGACggcGFycXVldC1jcHAtYXJyb3cgdmVyc2lvbiAyNi4wLjEZrBwAABwAABwAABwAABwAABwAABwAABwAABwAABwA\
    AAAoAwAAUEFSMQ==
    """

  private static func summary(_ settings: ReadSettings = ReadSettings()) throws -> ReadSummary {
    let data = try #require(Data(base64Encoded: table))
    return try ReadSummary([UInt8](data), settings)
  }

  @Test func `columns with dolma's names are the document's own`() throws {
    let records = try Self.summary().records
    #expect(records.map(\.id) == ["7", "shard#2", "10"])
    #expect(records.map { String(decoding: $0.payload, as: UTF8.self) } == ["Grüße", "", "t"])
    #expect(records.map(\.source) == ["web", "x", "y"])
    #expect(records.map(\.added) == ["2024-01-02", "1969-12-31", nil])
    #expect(records.map(\.created) == ["2023-05-06T07:08:09.120Z", nil, nil])
    #expect(records.map(\.url) == ["http://u", nil, nil])
  }

  @Test func `other columns are carried as JSON in their order`() throws {
    let members = try Self.summary().records.map {
      String(decoding: $0.metadata.members, as: UTF8.self)
    }
    #expect(
      members == [
        #""lang": "de", "n":[1,2],"price":"1.50","url":"http://u","#
          + #""raw":{"base64":"/wA="},"tags":["a",null]"#,
        #""id":null,"price":"-0.05","metadata":"no object","url":null,"raw":null,"tags":null"#,
        #""price":null,"url":null,"raw":"","tags":["b"]"#,
      ])
  }

  @Test func `a row without text is malformed and counted`() throws {
    let summary = try Self.summary()
    #expect(summary.counts == ["malformed no-text-field": 1, "parquet-footer": 1])
    #expect(
      summary.malformed.first?.message.hasPrefix("row 1: the column \"text\" is null") == true)
  }

  @Test(arguments: [
    ("body", "malformed no-text-field", 4), ("tags", "malformed text-not-a-string", 3),
    ("price", "malformed no-text-field", 2),
  ])
  func `a column that is missing or no string is named`(
    name: String, cause: String, count: Int
  ) throws {
    var settings = ReadSettings()
    settings.textField = name
    let summary = try Self.summary(settings)
    #expect(summary.counts[cause] == count)
    #expect(summary.malformed.first?.message.contains("\"\(name)\"") == true)
  }

  @Test func `any column of strings can be the text, any the id`() throws {
    var settings = ReadSettings()
    (settings.textField, settings.idField) = ("source", "price")
    let records = try Self.summary(settings).records
    #expect(records.map { String(decoding: $0.payload, as: UTF8.self) } == ["web", "x", "y"])
    #expect(records.map(\.id) == ["1.50", "-0.05", "shard#3"])
  }

  @Test func `a text above the maximum is malformed`() throws {
    var settings = ReadSettings()
    settings.maximumRecordByteCount = 3
    #expect(try Self.summary(settings).counts["malformed too-long"] != nil)
  }
}
