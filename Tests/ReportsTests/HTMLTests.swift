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

  @Test("Lines of a text stay lines")
  func lines() {
    let text = "a\nb"
    let html: HTML = "<pre>\(text)</pre>"
    #expect(html.markup == "<pre>a\nb</pre>")
  }
}
