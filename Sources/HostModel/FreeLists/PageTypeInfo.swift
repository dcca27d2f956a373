/// /proc/pagetypeinfo: free pages and pageblocks by migrate type.
package struct PageTypeInfo: Hashable, Sendable {
  package struct FreeRow: Hashable, Sendable {
    package var node: NodeID
    package var kind: ZoneKind
    package var type: String
    /// Free blocks per order; nil where the kernel stopped counting (`>100000`).
    package var freeBlocks: [UInt64?]

    package init(node: NodeID, kind: ZoneKind, type: String, freeBlocks: [UInt64?]) {
      self.node = node
      self.kind = kind
      self.type = type
      self.freeBlocks = freeBlocks
    }
  }

  package struct BlockRow: Hashable, Sendable {
    package var node: NodeID
    package var kind: ZoneKind
    /// Pageblocks per migrate type, in the order of `types`.
    package var blocks: [UInt64]

    package init(node: NodeID, kind: ZoneKind, blocks: [UInt64]) {
      self.node = node
      self.kind = kind
      self.blocks = blocks
    }
  }

  package var pageBlockOrder: UInt8
  package var pagesPerBlock: PageCount
  package var freeRows: [FreeRow] = []
  /// Names of the columns of `blockRows`.
  package var types: [String] = []
  package var blockRows: [BlockRow] = []

  package init(pageBlockOrder: UInt8, pagesPerBlock: PageCount) {
    self.pageBlockOrder = pageBlockOrder
    self.pagesPerBlock = pagesPerBlock
  }
}
