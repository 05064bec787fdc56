import ByteKernels
import Testing

struct Murmur3x128Tests {
  /// From `mmh3.hash64(text, 0, signed=False)` of mmh3 5.2 on PyPI.
  @Test(arguments: [
    ("", 0x0000_0000_0000_0000, 0x0000_0000_0000_0000),
    ("a", 0x8555_5565_F659_7889, 0xE6B5_3A48_510E_895A),
    ("the", 0x6A8F_F485_C9CB_0E1C, 0xD9C9_3933_ACDC_FFF0),
    ("hello world", 0x533F_6046_EB7F_610E, 0xAB97_467D_60EB_63B1),
    ("0123456", 0x13EB_9FB8_2606_F7A6, 0xB4EB_EF49_2FDE_F34E),
    ("01234567", 0x8236_039B_7387_354D, 0xC336_9387_D896_4920),
    ("012345678", 0x4C1E_8751_9FE7_38BA, 0x72A1_7AF8_99D5_97F1),
    ("0123456789abcde", 0xA62D_D5F6_C0BF_2351, 0x4FCC_F50C_7C54_4CF0),
    ("0123456789abcdef", 0x4BE0_6D94_CF4A_D1A7, 0x87C3_5B5C_63A7_08DA),
    ("0123456789abcdefg", 0x8E32_612D_AA45_F9DE, 0x0800_F4C2_06C3_72EE),
    ("日本語 テキスト", 0x068B_0E7B_AE73_FC67, 0x22C0_1D8C_E126_940D),
    (String(repeating: "x", count: 100), 0x0404_E502_8859_6AE2, 0xDEAF_5740_2EAF_7CC3),
    ("naïve straße über 東京", 0xADB7_8E75_B9DB_7D38, 0x89BC_4AFB_CA05_D16D),
  ])
  func `the hash of known texts is mmh3's`(text: String, low: UInt64, high: UInt64) {
    let hash = Murmur3x128.hash(Array(text.utf8).span)
    #expect(hash.low == low && hash.high == high)
  }

  @Test func `the seed matters`() {
    let hash = Murmur3x128.hash(Array("seed".utf8).span, seed: 42)
    #expect(hash.low == 0xD3A6_36BB_E147_F406 && hash.high == 0x68B5_BB56_3B8D_3CB3)
  }
}
