// Made by Scripts/embed-page from Sources/Serving/Page; change those files instead.

extension EmbeddedPage {
  static let texts: [(name: String, text: String)] = [
    (
      name: "ask.js",
      text: ##"""
      // Asks the server, which prints what the commands print.

      export class Refused extends Error {}

      /** What a command says about a state: its JSON, and its line for a shell. */
      export async function ask(name, query, signal) {
        const response = await fetch(query ? `${name}.json?${query}` : `${name}.json`, { signal });
        const command = decodeURIComponent(response.headers.get("Zonewise-Command") ?? "");
        const json = await response.json();
        if (!response.ok) throw Object.assign(new Refused(json.error), { command });
        return { json, command };
      }

      /** Lines of JSON. */
      export async function askLines(name) {
        const response = await fetch(`${name}.json`);
        const text = await response.text();
        return text.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
      }

      /** Runs one question at a time: the newest one that came meanwhile is next, those between are left out. */
      export class Latest {
        #running = false;
        #next = null;

        constructor(work) {
          this.work = work;
        }

        async ask(question) {
          this.#next = { question };
          if (this.#running) return;
          this.#running = true;
          while (this.#next) {
            const { question } = this.#next;
            this.#next = null;
            await this.work(question, () => this.#next === null);
          }
          this.#running = false;
        }
      }
      """##
    ),
    (
      name: "icon.svg",
      text: ##"""
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1f5fa8"/><rect x="9" y="3" width="4" height="10" fill="#e09540"/></svg>
      """##
    ),
    (
      name: "index.html",
      text: ##"""
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>zonewise</title>
      <link rel="icon" href="icon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="page.css">
      <script type="module" src="page.js"></script>
      </head>
      <body>
      <a class="skip" href="#view">Skip to the picture</a>
      <header>
        <h1>zonewise <span id="host-name" class="soft"></span></h1>
        <nav aria-label="Views">
          <ul id="views"></ul>
        </nav>
        <p class="history">
          <label id="host-choice" hidden>Host <select id="host"></select></label>
          <button type="button" id="undo" disabled>Undo</button>
          <button type="button" id="reset" disabled>As it is</button>
          <button type="button" id="again">Read again</button>
        </p>
      </header>
      <main id="view" tabindex="-1"><noscript>This page shows what zonewise prints; it needs JavaScript to draw it.</noscript></main>
      <aside aria-label="The same as a command">
        <h2>The same as a command</h2>
        <pre tabindex="0" role="region" aria-label="Command"><code id="command"></code></pre>
        <button type="button" id="copy">Copy the command</button>
        <button type="button" id="share">Copy this page's address</button>
      </aside>
      <p id="status" class="hidden" role="status" aria-live="polite"></p>
      <footer><p class="soft">zonewise <span id="version"></span> on this machine: this page changes nothing, and asks nobody else.</p></footer>
      </body>
      </html>
      """##
    ),
    (
      name: "page.css",
      text: ##"""
      :root { color-scheme: light dark;
        --paper: #ffffff; --panel: #f4f6f9; --ink: #18202b; --soft: #515c6b; --line: #d5dce5; --edge: #6f7c8d;
        --link: #0b5cad; --kernel: #1f5fa8; --kernel-free: #b9d3ee; --user: #6f9fd0; --movable: #b45309;
        --movable-free: #fbe0bd; --other: #6b7280; --bad: #a3152d; --warn: #7a4b00; --good: #14622f;
        --unknown: #5b4a8a; --bad-bg: #fdecee; --warn-bg: #fdf3df; --good-bg: #e7f5ec; --unknown-bg: #efecf8;
        --on-dark: #ffffff; }
      @media (prefers-color-scheme: dark) { :root {
        --paper: #10151c; --panel: #19212b; --ink: #e8edf4; --soft: #a5b1c0; --line: #323e4c; --edge: #8793a3;
        --link: #7fb8f5; --kernel: #5b9fe6; --kernel-free: #274668; --user: #3f73a8; --movable: #e09540;
        --movable-free: #5a3c16; --other: #8b95a3; --bad: #ff9aa5; --warn: #f2c261; --good: #7fd69b;
        --unknown: #c3b5f2; --bad-bg: #3b1a20; --warn-bg: #382b10; --good-bg: #14301e; --unknown-bg: #2a2443;
        --on-dark: #10151c; } }
      * { box-sizing: border-box; }
      html { -webkit-text-size-adjust: 100%; }
      body { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
        color: var(--ink); background: var(--paper); margin: 0 auto; max-width: 100rem;
        padding: 1rem clamp(.75rem, 3vw, 2.5rem) 2rem; }
      @media (min-width: 160rem) { body { font-size: 22px; max-width: 150rem; } }
      h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
      h1 span { font-weight: 400; }
      h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
      h3 { font-size: 1rem; margin: 1.1rem 0 .3rem; }
      p { margin: .4rem 0; max-width: 85ch; overflow-wrap: anywhere; }
      a { color: var(--link); }
      .soft { color: var(--soft); }
      .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
      .skip { position: absolute; left: -99rem; }
      .skip:focus { position: static; }
      header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center;
        border-bottom: 1px solid var(--line); padding-bottom: .6rem; }
      header .history { margin: 0 0 0 auto; display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
      nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; }
      nav a { display: block; padding: .35rem .8rem; border-radius: 6px; text-decoration: none; }
      nav a:hover { background: var(--panel); }
      nav a[aria-current] { background: var(--ink); color: var(--paper); }
      button, input, select, textarea { font: inherit; color: var(--ink); background: var(--paper);
        border: 1px solid var(--edge); border-radius: 6px; padding: .35rem .6rem; min-height: 2.2rem; max-width: 100%; }
      button { background: var(--panel); cursor: pointer; }
      button:hover:enabled { border-color: var(--ink); }
      button:disabled { color: var(--soft); border-color: var(--line); cursor: default; }
      :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
      main:focus { outline: none; }
      code, pre, textarea { font: .92em/1.45 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; }
      code { overflow-wrap: anywhere; }
      pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem;
        overflow-x: auto; margin: .5rem 0; max-width: 100%; }
      #command { white-space: pre-wrap; }
      footer { border-top: 1px solid var(--line); margin-top: 2rem; font-size: .9rem; }

      /* The answer */
      .answer { border-left: 6px solid var(--line); background: var(--panel); border-radius: 6px;
        padding: .7rem 1rem; margin: .8rem 0; font-size: 1.1rem; }
      .answer p { max-width: 100ch; margin: 0; }
      .answer.balanced { border-color: var(--good); } .answer.tight { border-color: var(--warn); }
      .answer.imbalanced, .answer.impossible { border-color: var(--bad); }
      .answer.unknown { border-color: var(--unknown); }
      .verdict { display: inline-block; padding: 0 .5rem; border-radius: 99px; font-weight: 600; font-size: .9em;
        white-space: nowrap; background: var(--unknown-bg); color: var(--unknown); }
      .verdict::before { content: "? "; }
      .verdict.balanced { background: var(--good-bg); color: var(--good); } .verdict.balanced::before { content: "✓ "; }
      .verdict.tight { background: var(--warn-bg); color: var(--warn); } .verdict.tight::before { content: "! "; }
      .verdict.imbalanced, .verdict.impossible { background: var(--bad-bg); color: var(--bad); }
      .verdict.imbalanced::before, .verdict.impossible::before { content: "✕ "; }
      .busy { opacity: .75; }
      .error { color: var(--bad); }

      /* Layout of a view */
      .columns { display: grid; gap: 0 2.5rem; grid-template-columns: minmax(0, 1fr); }
      @media (min-width: 64rem) { .columns { grid-template-columns: minmax(0, 3fr) minmax(20rem, 2fr); } }
      .fields { display: grid; gap: .7rem 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
      .fields label, .field { display: grid; gap: .15rem; align-content: start; font-size: .92rem; color: var(--soft); }
      .fields .wide { grid-column: 1 / -1; }
      .chips { display: flex; flex-wrap: wrap; gap: .3rem; }
      .chip { border-radius: 99px; padding: .1rem .7rem; min-height: 0; font-size: .9rem; }
      .add { display: flex; flex-wrap: wrap; gap: .3rem; }
      .add input { width: 6rem; flex: 1 1 5rem; } .add select { flex: 1 1 7rem; min-width: 0; }
      .scroll { overflow-x: auto; margin: .4rem 0; }
      table { border-collapse: collapse; width: 100%; font-size: .92rem; }
      caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
      th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
      th { font-weight: 600; } thead th { color: var(--soft); }
      .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      .findings { list-style: none; padding: 0; margin: .4rem 0; }
      .findings li { border-left: 4px solid var(--line); padding: .1rem 0 .1rem .8rem; margin: .6rem 0; }
      .findings .error { border-color: var(--bad); color: inherit; } .findings .warning { border-color: var(--warn); }
      .findings b { white-space: nowrap; }
      details summary { cursor: pointer; padding: .3rem 0; }

      /* Memory, to scale */
      .node { margin: 1rem 0; }
      .node h3 { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; margin-bottom: .25rem; }
      .node h3 small { font-weight: 400; color: var(--soft); }
      .bar { position: relative; height: 2.4rem; background: var(--panel); border: 1px solid var(--edge);
        border-radius: 4px; min-width: 3rem; overflow: hidden; }
      .bar.thin { height: .9rem; margin-top: 3px; border-color: var(--line); }
      .bar.open { overflow: visible; }
      .seg { position: absolute; top: 0; bottom: 0; overflow: hidden; padding: 0 .35rem; line-height: 2.3rem;
        font-size: .85rem; white-space: nowrap; border-right: 1px solid var(--paper); min-width: 1px; }
      .thin .seg { padding: 0; line-height: 1; border-right-width: 0; }
      .seg:focus-visible { outline-offset: -3px; outline-color: var(--ink); z-index: 2; }
      .seg.kernel { background: var(--kernel); color: var(--on-dark); }
      .seg.movable { background: var(--movable); color: var(--on-dark); }
      .seg.device, .seg.other { background: var(--other); color: var(--on-dark); }
      .seg.kernel.free { background: var(--kernel-free); color: var(--ink); }
      .seg.movable.free { background: var(--movable-free); color: var(--ink); }
      .seg.user { background: var(--user); color: var(--on-dark); }
      .seg.offline { background: repeating-linear-gradient(45deg, var(--line) 0 4px, var(--paper) 4px 8px); }
      .seg.none { background: repeating-linear-gradient(90deg, var(--edge) 0 2px, var(--panel) 2px 5px); }
      .seg.cma { background: repeating-linear-gradient(135deg, var(--movable) 0 5px, var(--paper) 5px 8px); }
      .seg.hole { background: var(--ink); min-width: 2px; }
      .need { position: absolute; top: -5px; bottom: -5px; width: 0; border-left: 3px dashed var(--ink); z-index: 3; }
      .need::after { content: "needs"; position: absolute; left: 4px; top: -1.05rem; font-size: .7rem; color: var(--ink); }
      .handle { position: absolute; top: -6px; bottom: -6px; width: 22px; margin-left: -11px; z-index: 4;
        cursor: ew-resize; touch-action: none; border-radius: 6px; }
      .handle::before { content: ""; position: absolute; left: 8px; width: 6px; top: 0; bottom: 0; border-radius: 3px;
        background: var(--ink); border: 1px solid var(--paper); }
      .handle:hover::before, .handle:active::before { left: 6px; width: 10px; }
      .asked { margin: 2rem 0 1.4rem; }
      .explain { min-height: 3.2rem; padding: .5rem .8rem; background: var(--panel); border-radius: 6px; }
      .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: .4rem 0; font-size: .9rem; }
      .legend i { display: inline-block; width: 1rem; height: .8rem; position: static; margin-right: .4rem; padding: 0; border: 1px solid var(--edge); }

      /* Why */
      .steps { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
      .steps input[type=range] { flex: 1 1 10rem; padding: 0; min-width: 8rem; }
      .grow { transition: width .45s ease-out, left .45s ease-out; }
      .now { box-shadow: inset 0 0 0 3px var(--ink); }
      @media (prefers-reduced-motion: reduce) { .grow { transition: none; } * { scroll-behavior: auto; } }
      .kernel-code { columns: 1; }
      .kernel-code .line { display: block; padding: 0 .4rem; white-space: pre; }
      .kernel-code .line.at { background: var(--ink); color: var(--paper); }

      /* Fleet */
      canvas { width: 100%; height: auto; display: block; border: 1px solid var(--line); border-radius: 6px; touch-action: manipulation; }
      .group-bar { display: flex; height: .8rem; min-width: 7rem; border-radius: 3px; overflow: hidden; }
      .group-bar i { display: block; }
      .balanced-fill { background: var(--good); } .tight-fill { background: var(--warn); }
      .imbalanced-fill { background: var(--bad); } .unknown-fill { background: var(--unknown); }

      /* Target */
      .diff { padding: .4rem 0; }
      .diff .line { display: block; padding: 0 .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
      .diff .gone { background: var(--bad-bg); color: var(--bad); } .diff .came { background: var(--good-bg); color: var(--good); }
      textarea { width: 100%; min-height: 10rem; }
      @media (max-width: 30rem) { header .history { margin: 0; } .bar { height: 2rem; } .seg { line-height: 1.9rem; } }
      @media (forced-colors: active) { .seg, .handle::before, .need { forced-color-adjust: none; } }
      """##
    ),
    (
      name: "state.js",
      text: ##"""
      // The state of the page: what its URL says, and nothing else.

      export const FIELDS = ["for", "args", "want", "need", "grow", "horizon", "add", "kernel", "profile"];
      const REPEATED = new Set(["need", "grow", "add"]);
      /** What each command takes of a state, so that one that is asked anew is asked the same. */
      const TAKES = {
        advise: ["args", "want", "need", "grow", "horizon", "add", "kernel", "profile"],
        predict: ["args", "kernel"],
        plan: ["add", "kernel", "profile"],
        cmdline: ["for", "args", "want", "need", "kernel", "profile"],
        report: ["grow", "horizon", "add", "profile"],
        machine: [],
      };

      /** Percent-encodes as the server does, so that a state has one query. */
      function encoded(text) {
        return encodeURIComponent(text).replace(/[!'()*]/g,
          (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
      }

      export class State {
        constructor(values = {}) {
          this.view = values.view ?? "";
          this.host = values.host ?? "";
          for (const field of FIELDS) {
            this[field] = values[field] ?? (REPEATED.has(field) ? [] : null);
          }
        }

        static read(search) {
          const values = {};
          for (const [name, value] of new URLSearchParams(search)) {
            if (REPEATED.has(name)) (values[name] ??= []).push(value);
            else if (name === "view" || name === "host" || FIELDS.includes(name)) values[name] = value;
          }
          return new State(values);
        }

        with(changes) {
          return new State({ ...this, ...changes });
        }

        #parts(fields) {
          return fields.flatMap((field) => {
            const values = REPEATED.has(field) ? this[field] : this[field] === null ? [] : [this[field]];
            return values.map((value) => `${field}=${encoded(value)}`);
          });
        }

        /** The query of the page's own URL. */
        get search() {
          const own = ["view", "host"].filter((name) => this[name])
            .map((name) => `${name}=${encoded(this[name])}`);
          return [...own, ...this.#parts(FIELDS)].join("&");
        }

        /** The query that asks a command. */
        query(command) {
          const host = this.host && command !== "report" ? [`host=${encoded(this.host)}`] : [];
          return [...host, ...this.#parts(FIELDS.filter((field) => TAKES[command].includes(field)))].join("&");
        }

        get isChanged() {
          return FIELDS.some((field) => field !== "for" && (REPEATED.has(field) ? this[field].length : this[field] !== null));
        }
      }
      """##
    ),
    (
      name: "text.js",
      text: ##"""
      // Words and numbers: as the C locale has them, whatever the browser's is.

      const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

      /** Bytes for people, as the commands print them. */
      export function size(bytes) {
        if (bytes === null || bytes === undefined) return "unknown";
        const sign = bytes < 0 ? "−" : "";
        let value = Math.abs(bytes);
        let unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
          value /= 1024;
          unit += 1;
        }
        const digits = unit === 0 || value >= 1000 ? 0 : value >= 100 ? 1 : 2;
        return `${sign}${value.toFixed(digits)} ${UNITS[unit]}`;
      }

      /** A size as it stands on a kernel command line. */
      export function argument(mebibytes) {
        return mebibytes % 1024 === 0 ? `${mebibytes / 1024}G` : `${mebibytes}M`;
      }

      /** Bytes of a size on a command line; null where it is none, or in percent. */
      export function bytesOf(text) {
        const match = /^(0x[0-9a-f]+|\d+)([kmgtp]?)/i.exec(text);
        if (!match || text.includes("%")) return null;
        const power = match[2] ? "kmgtp".indexOf(match[2].toLowerCase()) + 1 : 0;
        return Number(match[1]) * 1024 ** power;
      }

      export function count(number, one, many = `${one}s`) {
        return `${number} ${number === 1 ? one : many}`;
      }

      /** A ratio as 2.50:1. */
      export function ratio(number) {
        return number === null || number === undefined ? "no kernel memory" : `${number.toFixed(2)}:1`;
      }

      /** An element; texts are texts, never markup. */
      export function el(name, properties = {}, ...children) {
        const node = document.createElement(name);
        for (const [key, value] of Object.entries(properties)) {
          if (value === null || value === undefined || value === false) continue;
          if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
          else if (key === "value" || key === "checked" || key === "selected") node[key] = value;
          else node.setAttribute(key, value === true ? "" : String(value));
        }
        node.append(...children.flat().filter((child) => child !== null && child !== undefined));
        return node;
      }

      export function verdict(word) {
        return el("span", { class: `verdict ${word}` }, word);
      }

      /** A table that scrolls by itself where it is too wide. */
      export function table(caption, heads, rows) {
        const cell = (kind, value, isNumber) => el(kind, { class: isNumber ? "n" : null }, value);
        return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
          el("table", {},
            el("caption", {}, caption),
            el("thead", {}, el("tr", {}, heads.map((head) =>
              el("th", { scope: "col", class: head.n ? "n" : null }, head.text ?? head)))),
            el("tbody", {}, rows.map((row) => el("tr", {}, row.map((value, index) =>
              index === 0 ? el("th", { scope: "row" }, value) : cell("td", value, heads[index]?.n)))))));
      }

      export function findings(list) {
        if (!list.length) return el("p", { class: "soft" }, "Nothing was found.");
        return el("ul", { class: "findings" }, list.map((finding) =>
          el("li", { class: finding.severity },
            el("p", {}, el("b", {}, `${finding.severity} ${finding.code}`), ` ${finding.message}`),
            el("p", { class: "soft" }, `→ ${finding.remedy}`))));
      }
      """##
    ),
  ]
}
