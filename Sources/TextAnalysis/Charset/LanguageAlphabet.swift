/// The letters beyond ASCII of a language, in about their order of frequency, and the single-byte
/// charsets its texts are found in.
struct LanguageAlphabet: Sendable {
  let name: String
  /// Lower-case letters; for scripts without case, all.
  let letters: String
  /// In order of preference among charsets that read a text alike.
  let charsets: [String]
  /// Whether words mix these letters with ASCII's.
  let isLatin: Bool

  private init(_ name: String, _ letters: String, latin: [String]) {
    (self.name, self.letters, charsets, isLatin) = (name, letters, latin, true)
  }

  private init(_ name: String, _ letters: String, own charsets: [String]) {
    (self.name, self.letters, self.charsets, isLatin) = (name, letters, charsets, false)
  }

  private static let western = ["windows-1252", "iso-8859-15", "macintosh", "ibm850"]
  private static let central = ["windows-1250", "iso-8859-2", "ibm852"]
  private static let baltic = ["windows-1257", "iso-8859-13", "iso-8859-4"]
  private static let cyrillic = [
    "windows-1251", "koi8-r", "iso-8859-5", "ibm866", "x-mac-cyrillic", "ibm855",
  ]

  static let all: [LanguageAlphabet] = [
    .init("en", "éèáíóñüçàöêïä", latin: western),
    .init("de", "üäöß", latin: western),
    .init("fr", "éèàêçùâîôûëïœ", latin: western),
    .init("es", "óáíñéúü", latin: western),
    .init("pt", "ãçáéíóõêâúà", latin: western),
    .init("it", "àèòùéì", latin: western),
    .init("ca", "àéèóíòçúïü", latin: western),
    .init("nl", "ëéïèöü", latin: western),
    .init("sv", "äåöé", latin: western),
    .init("da", "åøæé", latin: western),
    .init("fi", "äöåé", latin: western),
    .init("is", "ðíáþóöæéúý", latin: western),
    .init("ga", "áéíóú", latin: western),
    .init("sq", "ëç", latin: western),
    .init("pl", "łążęśćóńź", latin: central),
    .init("cs", "íáěýřčžéšůúďťňó", latin: central),
    .init("sk", "íáčýžéšľúťôňďóäĺŕ", latin: central),
    .init("hu", "áéöőóíüúű", latin: central),
    .init("ro", "ăîâşţ", latin: central),
    .init("ro-comma", "ăîâșț", latin: ["iso-8859-16"]),
    .init("hr", "čšžćđ", latin: central),
    .init("tr", "ıişğçüöâ", latin: ["windows-1254"]),
    .init("et", "äõüöšž", latin: baltic),
    .init("lv", "āīēšūļņķģčž", latin: baltic),
    .init("lt", "ėšąųžįčūę", latin: baltic),
    .init("eo", "ĉĝĵŝŭĥ", latin: ["iso-8859-3"]),
    .init("mt", "ħġżċàò", latin: ["iso-8859-3"]),
    .init("cy", "ŵŷâêîôû", latin: ["iso-8859-14"]),
    .init(
      "vi", "đưạảấầậếềệộốồờớợủựịăâêôơ\u{301}\u{300}\u{303}\u{309}\u{323}àáãèéìíòóõùúýĩũ",
      latin: ["windows-1258"]),
    .init("ru", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", own: cyrillic),
    .init("bg", "аиоентрсвлкдпмзугбъчцжйщяхшфюь", own: cyrillic),
    .init(
      "uk", "оаинтіверкслудмпяьзгбчйхжцїюєшфщґ",
      own: ["windows-1251", "koi8-u", "iso-8859-5", "x-mac-cyrillic"]),
    .init(
      "be", "анеіктдсраяўвыулмпйзгьцчбжшхюэёф",
      own: ["windows-1251", "koi8-u", "iso-8859-5", "x-mac-cyrillic"]),
    .init(
      "sr", "аоиенрстјудквмлпгзбчцшжљњћђхџф",
      own: ["windows-1251", "iso-8859-5", "x-mac-cyrillic", "ibm855"]),
    .init(
      "mk", "аоиетнрсвдклпумзјгчбшцжњхќфѓљѕџ",
      own: ["windows-1251", "iso-8859-5", "x-mac-cyrillic", "ibm855"]),
    .init(
      "el", "ατοιενςσρπκμλίυόήηάέδγθώχύωφβξζψϊΐϋΰ",
      own: ["windows-1253", "iso-8859-7"]),
    .init("he", "יוהלארתבשמנםדעכחקפןגטסצזךףץ", own: ["windows-1255", "iso-8859-8"]),
    .init("ar", "اليمونرتبةعدسفهكقحجشصطخزضذثغىأإآءؤئظ", own: ["windows-1256", "iso-8859-6"]),
    .init("fa", "اینردهمتسوشبکلزگفعپخقجچحآغصطضظثژذئكي", own: ["windows-1256"]),
    .init(
      "th",
      "านรอกเงมยลวดทสตะปบคหจพขชผซถธณฐศษภญฉฟฝฆฎฏฒฬฮแโใไาำๆฯ\u{0E31}\u{0E34}\u{0E35}\u{0E36}\u{0E37}\u{0E38}\u{0E39}\u{0E47}\u{0E48}\u{0E49}\u{0E4A}\u{0E4B}\u{0E4C}",
      own: ["windows-874"]),
  ]
}
