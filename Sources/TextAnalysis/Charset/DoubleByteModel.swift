/// How likely a charset of one and two bytes a character makes a text of its language.
///
/// The regions of the code tables stand for frequency: the standards put the common characters of
/// each script together (JIS X 0208 level 1, GB 2312 level 1, Big5 level 1, KS X 1001 hangul).
enum DoubleByteModel: String, CaseIterable, Sendable {
  case shiftJIS = "shift_jis"
  case eucJP = "euc-jp"
  case gb18030
  case big5
  case eucKR = "euc-kr"

  var charset: Charset { Charset(name: rawValue, kind: .multiByte) }

  private static let malformedCost: Float = -24

  /// The logarithm of the sample's probability; higher is likelier.
  func score(_ sample: Span<UInt8>) -> Float {
    let commonest = Self.commonest[self] ?? []
    var score: Float = -1
    var index = 0
    while index < sample.count {
      let lead = sample[index]
      guard lead >= 0x80 else {
        index &+= 1
        continue
      }
      let trail = index &+ 1 < sample.count ? sample[index &+ 1] : 0x30
      let third = index &+ 2 < sample.count ? sample[index &+ 2] : 0x30
      let (cost, byteCount) = character(lead, trail, third)
      let isCommon = commonest.contains(UInt16(lead) &<< 8 | UInt16(trail))
      score += isCommon ? Self.commonCost : cost
      index &+= byteCount
    }
    return score
  }

  /// A hundred and more characters make up a half of every Chinese text, and of every Korean one.
  private static let commonCost: Float = -4.8

  private static let commonestCharacters: [DoubleByteModel: String] = [
    .gb18030: """
    的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运
    """,
    .big5: """
    的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運
    """,
    .eucKR: """
    이다는에의을로하가고지를한은도서사기어인리대자아해나시일그정수있라과보전으게여부상만제니들장스유구주면장동조공요했것원비소오계세성관중선신국안적경무마되내방화분러식연실우위산생음없당위회발금문모때말명모결건교학
    """,
  ]

  /// The same, as lead and trail byte.
  private static let commonest: [DoubleByteModel: Set<UInt16>] = {
    var commonest: [DoubleByteModel: Set<UInt16>] = [:]
    for (model, characters) in commonestCharacters {
      let wanted = Set(characters.unicodeScalars)
      var codes: Set<UInt16> = []
      if let converter = CharsetConverter(model.charset.converterName) {
        for lead in 0xA1...0xFE as ClosedRange<UInt8> {
          // A space parts the pairs, so that one without meaning does not swallow the next.
          let trails = Array(0x40...0x7E as ClosedRange<UInt8>) + Array(0xA1...0xFE)
          let row: [UInt8] = trails.flatMap { [lead, $0, 0x20] }
          let text = String(
            decoding: converter.decode(row.span, replaces: true).bytes, as: UTF8.self)
          let cells = text.unicodeScalars.split(separator: " ", omittingEmptySubsequences: true)
          guard cells.count == trails.count else { continue }
          for (trail, cell) in zip(trails, cells) {
            if cell.count == 1, let scalar = cell.first, wanted.contains(scalar) {
              codes.insert(UInt16(lead) << 8 | UInt16(trail))
            }
          }
        }
      }
      commonest[model] = codes
    }
    return commonest
  }()

  private func character(_ lead: UInt8, _ trail: UInt8, _ third: UInt8) -> (Float, Int) {
    switch self {
    case .shiftJIS: return shiftJIS(lead, trail)
    case .eucJP: return eucJP(lead, trail, third)
    case .gb18030: return gb18030(lead, trail, third)
    case .big5: return big5(lead, trail)
    case .eucKR: return eucKR(lead, trail)
    }
  }

  private func shiftJIS(_ lead: UInt8, _ trail: UInt8) -> (Float, Int) {
    if lead >= 0xA1 && lead <= 0xDF { return (-6, 1) }
    guard lead != 0x80, lead != 0xA0, lead <= 0xFC, trail >= 0x40, trail != 0x7F, trail <= 0xFC
    else { return (Self.malformedCost, 1) }
    switch (lead, trail) {
    case (0x81, _): return (-5.5, 2)
    case (0x82, 0x9F...0xF1): return (-4, 2)
    case (0x82, _): return (-7, 2)
    case (0x83, 0x40...0x96): return (-5, 2)
    case (0x88...0x97, _): return (-7.5, 2)
    case (0x98...0x9F, _), (0xE0...0xEA, _): return (-10, 2)
    default: return (-12, 2)
    }
  }

  private func eucJP(_ lead: UInt8, _ trail: UInt8, _ third: UInt8) -> (Float, Int) {
    if lead == 0x8E, trail >= 0xA1, trail <= 0xDF { return (-9, 2) }
    if lead == 0x8F, trail >= 0xA1, third >= 0xA1 { return (-14, 3) }
    guard lead >= 0xA1, lead <= 0xFE, trail >= 0xA1, trail <= 0xFE else {
      return (Self.malformedCost, 1)
    }
    switch lead {
    case 0xA1: return (-5.5, 2)
    case 0xA4: return (trail <= 0xF3 ? -4 : Self.malformedCost, 2)
    case 0xA5: return (trail <= 0xF6 ? -5 : Self.malformedCost, 2)
    case 0xA3: return (-7, 2)
    case 0xB0...0xCF: return (-7.5, 2)
    case 0xD0...0xF4: return (-10, 2)
    default: return (-12, 2)
    }
  }

  private func gb18030(_ lead: UInt8, _ trail: UInt8, _ third: UInt8) -> (Float, Int) {
    guard lead >= 0x81, lead <= 0xFE else { return (Self.malformedCost, 1) }
    if trail >= 0x30, trail <= 0x39, third >= 0x81, third <= 0xFE { return (-16, 4) }
    guard trail >= 0x40, trail != 0x7F, trail <= 0xFE else { return (Self.malformedCost, 1) }
    guard trail >= 0xA1 else { return (-11.5, 2) }
    switch lead {
    case 0xA1: return (-5.5, 2)
    case 0xA3: return (-5.5, 2)
    case 0xB0...0xD7: return (-7.2, 2)
    case 0xD8...0xF7: return (-10, 2)
    case 0xA4, 0xA5: return (-9, 2)
    default: return (-12, 2)
    }
  }

  private func big5(_ lead: UInt8, _ trail: UInt8) -> (Float, Int) {
    let isTrail = (trail >= 0x40 && trail <= 0x7E) || (trail >= 0xA1 && trail <= 0xFE)
    guard lead >= 0x81, lead <= 0xFE, isTrail else { return (Self.malformedCost, 1) }
    switch lead {
    case 0xA1: return (-5.5, 2)
    case 0xA4...0xC6: return (-7.2, 2)
    case 0xC9...0xF9: return (-10, 2)
    default: return (-12, 2)
    }
  }

  private func eucKR(_ lead: UInt8, _ trail: UInt8) -> (Float, Int) {
    guard lead >= 0x81, lead <= 0xFE, trail >= 0x41, trail <= 0xFE else {
      return (Self.malformedCost, 1)
    }
    guard trail >= 0xA1 else {
      let isLetter = trail <= 0x5A || (trail >= 0x61 && trail <= 0x7A) || trail >= 0x81
      return (isLetter && lead <= 0xC6 ? -11 : Self.malformedCost, 2)
    }
    switch lead {
    case 0xA1: return (-6, 2)
    case 0xB0...0xC8: return (-6.5, 2)
    case 0xCA...0xFD: return (-10, 2)
    default: return (-11, 2)
    }
  }
}
