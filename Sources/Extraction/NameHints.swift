/// What an element's class and id, cut into words, say of its content.
struct NameHints: OptionSet {
  let rawValue: UInt8

  /// Words of menus, advertisements, comments and other furniture of a page.
  static let furniture = NameHints(rawValue: 1)
  /// Words of an article's body.
  static let content = NameHints(rawValue: 2)
  /// Words of what is not shown, or shown to screen readers alone.
  static let unseen = NameHints(rawValue: 4)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Reads the words of a class attribute followed by an id.
  ///
  /// A word ends at a character that is no letter, and before a capital after a small letter.
  init(_ names: ArraySlice<UInt8>) {
    var hints: NameHints = []
    var word: [UInt8] = []
    var previous: UInt8 = 0
    for byte in names {
      let isCapital = byte >= 0x41 && byte <= 0x5A
      let isSmall = byte >= 0x61 && byte <= 0x7A
      let wasSmall = previous >= 0x61 && previous <= 0x7A
      if !isCapital && !isSmall || isCapital && wasSmall {
        hints.formUnion(Self.hint(of: word))
        word.removeAll(keepingCapacity: true)
      }
      if isCapital || isSmall { word.append(byte | 0x20) }
      previous = byte
    }
    hints.formUnion(Self.hint(of: word))
    hints.formUnion(Self.pairs(in: names))
    self = hints
  }

  private static func hint(of word: [UInt8]) -> NameHints {
    guard word.count >= 2 else { return [] }
    return words[word] ?? []
  }

  /// Compound names that are one word in some pages and two in others.
  private static func pairs(in names: ArraySlice<UInt8>) -> NameHints {
    var letters: [UInt8] = []
    for byte in names {
      let small = byte | 0x20
      if small >= 0x61 && small <= 0x7A { letters.append(small) }
      if byte == 0x20 { letters.append(0x20) }
    }
    var hints: NameHints = []
    for name in letters.split(separator: 0x20) {
      if let hint = compounds[Array(name)] { hints.formUnion(hint) }
    }
    return hints
  }

  private static let words: [[UInt8]: NameHints] = table([
    (
      .furniture,
      """
      nav navi navbar navigation subnav topnav mainnav menu menus submenu breadcrumb breadcrumbs crumbs
      footer foot sidebar sidebars aside share sharing sharedaddy sharebar shares social socials cookie
      cookies gdpr consent newsletter subscribe subscription signup login popup modal lightbox ad ads
      adv advert adverts advertisement advertising anzeige werbung sponsor sponsored sponsors promo
      promotion promos related recommended recommendation recommendations pagination pager paging
      comment comments commentlist kommentare kommentar disqus respond replies widget widgets toolbar
      skip skiplink tags tagcloud taglist meta postmeta masthead topbar copyright rss outbrain taboola
      addthis likes toc rating ratings vote feedback search searchform suche banner teaser teasers
      breaking trending popular tweet facebook twitter pinterest whatsapp print impressum metadata
      byline authorbox bio jumplinks noprint printfooter catlinks editsection
      """
    ),
    (.content, "article content entry story main text body post blog hentry prose"),
    (.unseen, "hidden invisible"),
  ])

  private static let compounds: [[UInt8]: NameHints] = table([
    (.unseen, "sronly visuallyhidden screenreadertext screenreaderonly dnone displaynone"),
    (
      .furniture,
      """
      relatedposts relatedarticles morestories readmore readnext authorinfo aboutauthor authorbio
      sidecolumn rightcolumn leftcolumn rightcol leftcol postnavigation postnav entrymeta entryfooter
      articlefooter articlemeta postfooter pagefooter siteheader sitefooter pageheader
      """
    ),
  ])

  private static func table(_ rows: [(NameHints, String)]) -> [[UInt8]: NameHints] {
    var table: [[UInt8]: NameHints] = [:]
    for (hint, words) in rows {
      for word in words.split(whereSeparator: \.isWhitespace) {
        table[Array(word.utf8), default: []].formUnion(hint)
      }
    }
    return table
  }
}
