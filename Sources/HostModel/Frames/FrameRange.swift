/// Page frames from a first one up to, not including, an end.
package struct FrameRange: HalfOpenRange {
  package var start: PageFrameNumber
  package var end: PageFrameNumber

  package init(start: PageFrameNumber, end: PageFrameNumber) {
    self.start = start
    self.end = end
  }

  package init(start: PageFrameNumber, pages: PageCount) {
    self.init(start: start, end: start + pages)
  }

  /// The last `pages` frames before `end`, or as many as there are from frame 0 on.
  package init(end: PageFrameNumber, pages: PageCount) {
    let start = PageCount(end.number).subtractingOrZero(pages)
    self.init(start: PageFrameNumber(start.count), end: end)
  }

  /// The frames that the addresses cover wholly: none where they are less than a frame, backwards
  /// where they are.
  package init(whollyIn addresses: AddressRange, pageSize: PageSize) {
    let first = addresses.start.pagesRoundedUp(of: pageSize)
    let behind = addresses.end.pages(of: pageSize)
    self.init(
      start: PageFrameNumber(first.count),
      end: PageFrameNumber((addresses.isBackwards ? behind : max(first, behind)).count)
    )
  }

  /// Every frame that the addresses touch.
  package init(touchedBy addresses: AddressRange, pageSize: PageSize) {
    let first = addresses.start.pages(of: pageSize)
    let behind = addresses.end.pagesRoundedUp(of: pageSize)
    self.init(start: PageFrameNumber(first.count), end: PageFrameNumber(behind.count))
  }

  /// How many frames there are; none in a range that is backwards.
  package var pages: PageCount {
    PageCount(end.number).subtractingOrZero(PageCount(start.number))
  }

  /// How many of the frames lie below another one.
  package func pages(below frame: PageFrameNumber) -> PageCount {
    FrameRange(start: start, end: min(end, frame)).pages
  }

  /// How many frames both ranges have.
  package func overlap(_ other: FrameRange) -> PageCount {
    intersection(other)?.pages ?? .zero
  }

  package func addresses(pageSize: PageSize) -> AddressRange {
    AddressRange(start: start.address(pageSize: pageSize), end: end.address(pageSize: pageSize))
  }
}
