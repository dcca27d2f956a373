enum PageScript {
  /// Sorting, searching and filtering; without it the page is whole and in its own order.
  static let text = #"""

    (() => {
      "use strict";
      const key = (row, column) => {
        const cell = row.cells[column];
        return cell.dataset.key === "" ? cell.textContent.trim() : Number(cell.dataset.key);
      };
      const compare = (a, b) => typeof a === "number" && typeof b === "number"
        ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
      for (const table of document.querySelectorAll("table.interactive")) {
        const tools = table.parentElement.previousElementSibling;
        const tool = (name) => tools.querySelector('[data-tool="' + name + '"]');
        const body = table.tBodies[0], original = [...body.rows];
        const heads = [...table.tHead.rows[0].cells];
        const words = new Map(original.map((row) => [row, row.textContent.toLowerCase()]));
        const filter = () => {
          const wanted = tool("search").value.toLowerCase().split(/\s+/);
          let count = 0;
          for (const row of original) {
            row.hidden = !(wanted.every((word) => words.get(row).includes(word))
              && (!tool("verdict").value || row.dataset.verdict === tool("verdict").value)
              && (!tool("group").value || row.dataset.group === tool("group").value));
            if (!row.hidden) count += 1;
          }
          tool("shown").textContent = count + " of " + original.length + " hosts";
        };
        const sort = (column, isDown) => {
          heads.forEach((head, index) => {
            if (index === column) head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
            else head.removeAttribute("aria-sort");
          });
          tool("sort").value = column < 0 ? "" : String(column);
          const sign = isDown ? -1 : 1;
          body.append(...(column < 0 ? original : [...original].sort(
            (a, b) => sign * compare(key(a, column), key(b, column)))));
        };
        heads.forEach((head, column) => {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = head.textContent;
          head.replaceChildren(button);
          button.addEventListener("click", () =>
            sort(column, head.getAttribute("aria-sort") === "ascending"));
        });
        tool("search").addEventListener("input", filter);
        tool("verdict").addEventListener("change", filter);
        tool("group").addEventListener("change", filter);
        tool("sort").addEventListener("change", (event) =>
          sort(event.target.value === "" ? -1 : Number(event.target.value), false));
        tools.hidden = false;
        filter();
      }
      // What is folded away on the screen belongs on paper.
      const folded = document.querySelectorAll("details");
      const opened = new Set();
      addEventListener("beforeprint", () => {
        for (const part of folded) if (!part.open) { opened.add(part); part.open = true; }
      });
      addEventListener("afterprint", () => {
        for (const part of opened) part.open = false;
        opened.clear();
      });
      const reveal = () => {
        const target = location.hash && document.getElementById(location.hash.slice(1));
        if (target && target.tagName === "DETAILS") target.open = true;
      };
      addEventListener("hashchange", reveal);
      reveal();
    })();

    """#
}
