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
          const button = document.createElement("button"), term = head.querySelector(".term");
          button.type = "button";
          button.textContent = head.textContent;
          if (term) button.setAttribute("aria-describedby", term.getAttribute("aria-describedby"));
          // Paper repeats a table's head on each sheet, but no buttons.
          const paper = document.createElement("span");
          paper.className = "paper";
          paper.textContent = head.textContent;
          head.replaceChildren(button, paper);
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
      // Every host in a line: searched where it stands, folded away.
      const finder = document.querySelector(".finder");
      if (finder) {
        const most = 100, part = (name) => finder.querySelector(name);
        const verdicts = ["balanced", "tight", "imbalanced", "impossible", "unknown"];
        let lines = null, small = null, timer = 0;
        const find = () => {
          const wanted = part("[data-find]").value.toLowerCase().split(/\s+/).filter(Boolean);
          const box = part(".scroll"), body = part("tbody");
          box.hidden = !wanted.length;
          if (!wanted.length) return void (part("[data-found]").textContent = "");
          if (!lines) {
            lines = [...document.querySelectorAll("pre.lines")].flatMap((list) =>
              list.textContent.split("\n").slice(1).filter(Boolean));
            small = lines.map((line) => line.toLowerCase());
          }
          let count = 0;
          const rows = [];
          small.forEach((line, index) => {
            if (!wanted.every((word) => line.includes(word))) return;
            count += 1;
            if (count <= most) rows.push(lines[index]);
          });
          body.replaceChildren(...rows.map((line) => {
            const row = document.createElement("tr");
            row.setAttribute("role", "row");
            line.split("\t").forEach((text, column) => {
              const isName = column === 4, cell = document.createElement(isName ? "th" : "td");
              cell.setAttribute("role", isName ? "rowheader" : "cell");
              if (isName) cell.scope = "row";
              const holder = column ? cell : cell.appendChild(document.createElement("span"));
              holder.textContent = text;
              if (!column && verdicts.includes(text)) holder.className = "verdict " + text;
              row.append(cell);
            });
            return row;
          }));
          part("[data-found]").textContent = count + " of " + lines.length + " hosts"
            + (count > most ? ", the first " + most + " shown" : "");
        };
        part("[data-find]").addEventListener("input", () => {
          clearTimeout(timer);
          timer = setTimeout(find, 150);
        });
        finder.hidden = false;
      }
      // What a word means, beside it: for the pointer and for the keyboard, away with Escape.
      const tip = document.createElement("div");
      tip.className = "tip";
      tip.hidden = true;
      // Readers of screens have it from the word's own description.
      tip.setAttribute("aria-hidden", "true");
      document.body.append(tip);
      let leaving = 0;
      const hide = () => { tip.hidden = true; };
      const show = (word) => {
        const meaning = document.getElementById(word.getAttribute("aria-describedby"));
        if (!meaning) return;
        clearTimeout(leaving);
        tip.textContent = meaning.textContent;
        tip.hidden = false;
        const box = word.getBoundingClientRect(), own = tip.getBoundingClientRect();
        tip.style.left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - own.width - 8)) + "px";
        tip.style.top = (box.bottom + own.height + 12 < innerHeight ? box.bottom + 4
          : Math.max(8, box.top - own.height - 4)) + "px";
      };
      for (const word of document.querySelectorAll("[aria-describedby]")) {
        word.addEventListener("mouseenter", () => show(word));
        word.addEventListener("focus", () => show(word));
        word.addEventListener("mouseleave", () => { leaving = setTimeout(hide, 200); });
        word.addEventListener("blur", hide);
      }
      tip.addEventListener("mouseenter", () => clearTimeout(leaving));
      tip.addEventListener("mouseleave", hide);
      addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
      addEventListener("scroll", hide, { passive: true });
      // What is folded away on the screen belongs on paper.
      const folded = document.querySelectorAll("details:not(.page)");
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
