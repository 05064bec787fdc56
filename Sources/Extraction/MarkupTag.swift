/// The HTML elements that extraction treats in a way of their own.
enum MarkupTag: String, CaseIterable, Sendable {
  case a, address, article, aside, audio, blockquote, body, br, button, canvas, caption, center
  case code, datalist, dd, del, details, dialog, dir, div, dl, dt, embed, fieldset, figcaption
  case figure, footer, form, frame, frameset, h1, h2, h3, h4, h5, h6, head, header, hgroup, hr, html
  case iframe, img, input, kbd, label, legend, li, link, main, map, math, menu, meta, nav, noframes
  case noscript, object, ol, optgroup, option, p, pre, q, samp, script, section, select, span, style
  case sub, summary, sup, svg, table, tbody, td, template, textarea, tfoot, th, thead, title, tr, ul
  case video
  /// Any other element: part of the line it stands in.
  case other = ""
  /// A run of text.
  case text = "#text"

  /// How many line feeds part it from what stands before and after it; nil for a part of a line.
  var lineFeeds: Int? {
    switch self {
    case .p, .h1, .h2, .h3, .h4, .h5, .h6, .ul, .ol, .dl, .table, .blockquote, .pre, .figure, .hr,
      .menu, .dir, .article, .section, .hgroup, .details:
      2
    case .address, .aside, .body, .caption, .center, .dd, .dialog, .div, .dt, .fieldset,
      .figcaption, .footer, .form, .header, .html, .legend, .li, .main, .nav, .option, .summary,
      .tbody, .tfoot, .thead, .title, .tr:
      1
    default: nil
    }
  }

  /// Whether it never holds text that a reader of the page reads as its text.
  var isSilent: Bool {
    switch self {
    case .script, .style, .template, .head, .title, .svg, .math, .canvas, .iframe, .frame,
      .frameset,
      .noframes, .object, .embed, .audio, .video, .map, .select, .datalist, .textarea, .input,
      .button, .meta, .link, .dialog, .noscript:
      true
    default: false
    }
  }

  var isHeading: Bool {
    switch self {
    case .h1, .h2, .h3, .h4, .h5, .h6: true
    default: false
    }
  }
}
