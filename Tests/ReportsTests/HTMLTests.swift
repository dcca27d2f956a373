import Testing

@testable import Reports

@Suite("HTML")
struct HTMLTests {
  @Test("Text that is put in is escaped, markup is not")
  func escapes() {
    let name = "<b>\"&'\u{1B}[2J"
    let inner: HTML = "<i>\(name)</i>"
    #expect(inner.markup == "<i>&lt;b&gt;&quot;&amp;&#39;?[2J</i>")
    let outer: HTML = "<p>\(inner)\([inner, inner])\(7)</p>"
    #expect(outer.markup == "<p>\(inner.markup)\(inner.markup)\(inner.markup)7</p>")
  }

  @Test(
    "A long word may be broken behind dots, dashes and their like, and a short one nowhere",
    arguments: [
      ("db-17 is tight", "db-17 is tight"),
      ("web-1.rack-2.example.com", "web-<wbr>1.<wbr>rack-<wbr>2.<wbr>example.<wbr>com"),
      ("/srv/a<b>/fleet.json:3", "/<wbr>srv/<wbr>a&lt;b&gt;/<wbr>fleet.<wbr>json:<wbr>3"),
      ("averylongnamewithoutanyjoint", "averylongnamewithoutanyjoint"),
      ("ends-with-a-dash-", "ends-<wbr>with-<wbr>a-<wbr>dash-"), ("", ""), ("  two", "  two"),
    ]
  )
  func breaks(text: String, markup: String) {
    let html: HTML = "\(breaking: text)"
    #expect(html.markup == markup)
  }

  @Test("Lines of a text stay lines")
  func lines() {
    let text = "a\nb"
    let html: HTML = "<pre>\(text)</pre>"
    #expect(html.markup == "<pre>a\nb</pre>")
  }
}
