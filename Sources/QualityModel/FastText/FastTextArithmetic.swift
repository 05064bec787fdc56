internal import ByteKernels

/// The single-precision functions that fastText computes probabilities with.
enum FastTextArithmetic {
  /// e to the power of `x`, with the bits of the GNU C library's `expf`.
  ///
  /// Source: Szabolcs Nagy's method (ARM's optimized routines): 2 to a multiple of 1/32 from a table,
  /// times a cubic polynomial. It is off by up to 0.502 units in the last place, so rounding a better
  /// value would give other bits once in 1600 times.
  static func exponential(_ x: Float) -> Float {
    if x.isNaN { return x }
    if x > 88.722_84 { return .infinity }
    if x < -103.972_08 { return 0 }
    let scaled = Double(x) * (0x1.71547652b82fep+0 * 32)
    let step = scaled.rounded(.toNearestOrEven)
    let rest = scaled - step
    let cubic = (0x1.c6af84b912394p-5 / 32768) * rest + 0x1.ebfce50fac4f3p-3 / 1024
    let linear = (0x1.62e42ff0c52d6p-1 / 32) * rest + 1
    let power = cubic * (rest * rest) + linear
    let index = Int(step)
    let root = Double(bitPattern: rootBits[index & 31])
    return Float(power * Double(sign: .plus, exponent: index >> 5, significand: root))
  }

  /// The logarithm of a probability as fastText takes it, so that 0 has one: ln(x + 0.00001).
  static func logarithm(_ x: Float) -> Float {
    Float(ElementaryFunctions.logarithm(Double(x) + 1e-5))
  }

  /// The logistic function, from fastText's table of 513 values between -8 and 8.
  static func tabledSigmoid(_ x: Float) -> Float {
    if x < -8 { return 0 }
    if x > 8 { return 1 }
    return sigmoids[Int((x + 8) * 512 / 8 / 2)]
  }

  private static let sigmoids: [Float] = (0...512).map {
    let x = Float($0 * 16) / 512 - 8
    return Float(1 / (1 + Double(exponential(-x))))
  }

  /// 2 to the power of i / 32.
  private static let rootBits: [UInt64] = [
    0x3FF0_0000_0000_0000, 0x3FF0_59B0_D315_8574, 0x3FF0_B558_6CF9_890F, 0x3FF1_1301_D012_5B51,
    0x3FF1_72B8_3C7D_517B, 0x3FF1_D487_3168_B9AA, 0x3FF2_387A_6E75_6238, 0x3FF2_9E9D_F51F_DEE1,
    0x3FF3_06FE_0A31_B715, 0x3FF3_71A7_373A_A9CB, 0x3FF3_DEA6_4C12_3422, 0x3FF4_4E08_6061_892D,
    0x3FF4_BFDA_D536_2A27, 0x3FF5_342B_569D_4F82, 0x3FF5_AB07_DD48_5429, 0x3FF6_247E_B03A_5585,
    0x3FF6_A09E_667F_3BCD, 0x3FF7_1F75_E8EC_5F74, 0x3FF7_A114_73EB_0187, 0x3FF8_2589_994C_CE13,
    0x3FF8_ACE5_422A_A0DB, 0x3FF9_3737_B0CD_C5E5, 0x3FF9_C491_82A3_F090, 0x3FFA_5503_B23E_255D,
    0x3FFA_E89F_995A_D3AD, 0x3FFB_7F76_F2FB_5E47, 0x3FFC_199B_DD85_529C, 0x3FFC_B720_DCEF_9069,
    0x3FFD_5818_DCFB_A487, 0x3FFD_FC97_337B_9B5F, 0x3FFE_A4AF_A2A4_90DA, 0x3FFF_5076_5B6E_4540,
  ]
}
