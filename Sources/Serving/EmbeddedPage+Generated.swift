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
        if (!response.ok || response.headers.get("Content-Type").startsWith("application/problem")) throw Object.assign(new Refused(json.error.replace(/^(zonewise|Error): /gm, "")), { command });
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
        #running = null;
        #next = null;

        constructor(work) {
          this.work = work;
        }

        /** Resolves when nothing is left to ask. */
        ask(question) {
          this.#next = { question };
          this.#running ??= this.#run().finally(() => { this.#running = null; });
          return this.#running;
        }

        async #run() {
          while (this.#next) {
            const { question } = this.#next;
            this.#next = null;
            await this.work(question, () => this.#next === null);
          }
        }
      }
      """##
    ),
    (
      name: "changes.js",
      text: ##"""
      // The fields of a what-if that are the same for one host and for all.

      import { el } from "./text.js";

      const NAMES = ["args", "want", "kernel", "horizon", "profile"];

      export function changes(state) {
        return state.isChanged;
      }

      /**
       * A form for changes.
       *
       * @param page takes them. @param one whether it is about one host: then kernels and wishes can be asked too.
       */
      export function changeForm(page, one = false) {
        const about = page.about;
        let state = page.state;
        const text = (name, label, hint, list) => {
          const input = el("input", { name, list: list ? `${name}-list` : null, placeholder: hint, autocomplete: "off", spellcheck: "false" });
          const commit = (isFinal) => {
            const value = input.value.trim() === "" ? null : input.value.trim();
            // Arguments and a wish are two questions.
            const other = name === "args" ? { want: null } : name === "want" ? { args: null } : {};
            page.go({ [name]: value, ...other }, isFinal);
          };
          if (one) input.addEventListener("input", () => commit(false));
          input.addEventListener("change", () => commit(true));
          const options = list ? el("datalist", { id: `${name}-list` }, list.map((value) => el("option", { value }))) : null;
          return el("label", { class: name === "args" ? "wide" : null }, label, input, options);
        };
        const profile = el("select", { name: "profile", onchange: (event) => page.go({ profile: event.target.value || null }) },
          el("option", { value: "" }, "general, or the source's own"), ["suggest", ...about.profiles].map((name) => el("option", { value: name }, name)));
        const lists = { grow: el("div", { class: "chips" }), add: el("div", { class: "chips" }) };

        const term = el("select", { "aria-label": "Term that grows" }, ["", ...about.terms].map((name) => el("option", { value: name }, name || "term …")));
        const factor = el("input", { "aria-label": "By which factor", placeholder: "2x", value: "2x" });
        const grow = () => {
          if (term.value) page.go({ grow: [...state.grow.filter((given) => !given.startsWith(`${term.value}=`)), `${term.value}=${factor.value.trim()}`] });
        };
        const kind = el("select", { "aria-label": "Kind of device" }, about.devices.map((name) => el("option", { value: name }, name)));
        const bytes = el("input", { "aria-label": "Size of the device", placeholder: "16GiB", value: "16GiB" });
        const node = el("input", { "aria-label": "Node of the device", placeholder: "0", value: "0", inputmode: "numeric" });
        const add = () => page.go({ add: [...state.add, `${kind.value}:${bytes.value.trim()}@${node.value.trim()}`] });

        const form = el("form", { class: "fields", "aria-label": "What is changed", onsubmit: (event) => event.preventDefault() },
          text("args", "Arguments about zones", "kernelcore= or movablecore= with a size"),
          one ? text("want", "Movable that you would like", "max, 64GiB, 3:1") : null,
          one ? text("kernel", "Kernel release", "as it is", about.kernels) : null,
          el("label", {}, "Workload profile", profile),
          text("horizon", "Look ahead", "180d"),
          el("div", { class: "field", role: "group", "aria-label": "What if a term grew" }, "What if a term grew",
            el("div", { class: "add" }, term, factor, el("button", { type: "button", id: "grow", onclick: grow }, "Grow")), lists.grow),
          el("div", { class: "field", role: "group", "aria-label": "What if devices were added" }, "What if devices were added",
            el("div", { class: "add" }, kind, bytes, node, el("button", { type: "button", id: "add", onclick: add }, "Add")), lists.add));

        return {
          node: form,
          /** Puts a state into the fields, but for the one that somebody types into. */
          fill(next, own = "") {
            state = next;
            for (const name of NAMES) {
              const input = form.elements[name];
              if (!input || (input === document.activeElement && input.tagName === "INPUT" && page.isTyping)) continue;
              input.value = state[name] ?? (name === "args" && state.want === null ? own : "");
            }
            for (const name of ["grow", "add"]) {
              lists[name].replaceChildren(...state[name].map((value, index) => el("button", {
                type: "button", class: "chip", "aria-label": `Take away ${value}`,
                onclick: () => page.go({ [name]: state[name].filter((_, other) => other !== index) }),
              }, `${value} ✕`)));
            }
          },
        };
      }
      """##
    ),
    (
      name: "diff.js",
      text: ##"""
      // Two texts line by line, in the browser: nothing is sent anywhere.

      export const MOST_LINES = 3000;

      function lines(text) {
        const all = text.replace(/\r\n?/g, "\n").split("\n");
        if (all.at(-1) === "") all.pop();
        return all;
      }

      /** Lines of both: ["same" | "gone" | "came", line]; null where there are too many. */
      export function diff(before, after) {
        const left = lines(before);
        const right = lines(after);
        if (left.length > MOST_LINES || right.length > MOST_LINES) return null;
        let start = 0;
        while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
        let end = 0;
        while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
        const a = left.slice(start, left.length - end);
        const b = right.slice(start, right.length - end);
        // Longest common subsequence, from the end.
        const width = b.length + 1;
        const common = new Uint16Array((a.length + 1) * width);
        for (let i = a.length - 1; i >= 0; i -= 1) {
          for (let j = b.length - 1; j >= 0; j -= 1) {
            common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1] + 1
              : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
          }
        }
        const result = left.slice(0, start).map((line) => ["same", line]);
        let i = 0;
        let j = 0;
        while (i < a.length || j < b.length) {
          if (i < a.length && j < b.length && a[i] === b[j]) {
            result.push(["same", a[i]]);
            i += 1;
            j += 1;
          } else if (i < a.length && (j === b.length || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
            result.push(["gone", a[i]]);
            i += 1;
          } else {
            result.push(["came", b[j]]);
            j += 1;
          }
        }
        return result.concat(left.slice(left.length - end).map((line) => ["same", line]));
      }
      """##
    ),
    (
      name: "fleet.js",
      text: ##"""
      // Thousands of hosts at once.

      import { ask, askLines } from "./ask.js";
      import { count, el, ratio, size, table, verdict } from "./text.js";
      import { HeatMap } from "./heatmap.js";
      import { changes, changeForm } from "./changes.js";

      const VERDICTS = ["balanced", "tight", "imbalanced", "impossible", "unknown"];
      const SHOWN = 100;

      /** What filters and groups are made from; kept while the page is open, and no part of a question. */
      const look = { text: "", verdict: "", group: "class", label: "", labels: new Map(), only: null, cell: null, shown: SHOWN, of: null };

      /** All that can be searched of a host, in one text. */
      function haystack(host) {
        return [host.name, host.source, host.kernel, host.arch, host.class, host.profile, host.zoneArguments, host.verdict,
          host.whatIf?.verdict, host.failure, look.labels.get(host.name), ...(host.recommendation?.arguments ?? []),
          ...(host.findings ?? []).map((finding) => `${finding.code} ${finding.rule}`)].join("\n").toLowerCase();
      }

      export class Fleet {
        constructor(view, state, page) {
          this.page = page;
          this.summary = el("p", {});
          this.map = new HeatMap((cell) => { look.cell = cell; look.shown = SHOWN; this.#update(); }, (text) => page.say(text));
          this.groups = el("div", {});
          this.hosts = el("div", {});
          this.form = page.about.results ? null : changeForm(page);
          view.append(el("h2", {}, "Fleet"), el("div", { class: "answer", id: "fleet-summary" }, this.summary), this.#filters(),
            ...(this.form ? [el("details", { open: changes(state) }, el("summary", {}, "What if, for all of them"), this.form.node)] : []),
            el("h3", {}, "Ratio against headroom"), this.map.node, this.groups, this.hosts);
        }

        async show(state) {
          this.state = state;
          this.form?.fill(state);
          if (this.page.about.results) {
            this.all = await askLines("results");
            this.page.command(`zonewise fleet … > ${this.page.about.sources[0]}`);
          } else {
            this.summary.textContent = "Judging …";
            const { json, command } = await ask("report", state.query("report"));
            // Somebody went on meanwhile.
            if (!this.hosts.isConnected) return;
            this.page.command(command);
            this.all = json.hosts;
            this.classes = new Map(json.summary.classes.map((one) => [one.name, one]));
          }
          for (const host of this.all) host.hay = haystack(host);
          this.page.title(`${count(this.all.length, "host")}`);
          this.#update();
        }

        // Filters

        #filters() {
          const redo = (change) => (event) => {
            change(event.target);
            look.shown = SHOWN;
            look.cell = null;
            this.#update();
          };
          const options = (values, chosen) => values.map(([value, text]) => el("option", { value, selected: value === chosen }, text));
          return el("form", { class: "fields", role: "search", "aria-label": "Hosts", onsubmit: (event) => event.preventDefault() },
            el("label", {}, "Search all of it", el("input", { type: "search", id: "search", value: look.text, autocomplete: "off", placeholder: "name, kernel, argument, ZW104 …",
              oninput: redo((field) => { look.text = field.value; }) })),
            el("label", {}, "Verdict", el("select", { id: "verdict", onchange: redo((field) => { look.verdict = field.value; }) },
              options([["", "any"], ...VERDICTS.map((word) => [word, word]), ["failed", "not judged"], ["worse", "worse than now"]], look.verdict))),
            el("label", {}, "Group by", el("select", { id: "group", onchange: redo((field) => { look.group = field.value; look.only = null; }) },
              options([["class", "class"], ["kernel", "kernel"], ["profile", "profile"], ["verdict", "verdict"], ["arguments", "arguments"], ["label", "label"]], look.group))),
            el("label", {}, "Label: what this finds in a name", el("input", { id: "label", value: look.label, placeholder: "^[a-z]+", autocomplete: "off", spellcheck: "false",
              oninput: redo((field) => { look.label = field.value; look.labels = new Map(); look.only = null; if (field.value) look.group = "label"; this.#choose(); }) })),
            el("label", {}, "Labels from a CSV: name,label", el("input", { type: "file", accept: ".csv,text/csv", onchange: (event) => this.#readLabels(event.target.files[0]) })));
        }

        #choose() {
          const select = document.getElementById("group");
          if (select) select.value = look.group;
        }

        async #readLabels(file) {
          if (!file || file.size > 64 << 20) return this.page.say("That file is too large.");
          const text = await file.text();
          look.labels = new Map(text.split(/\r?\n/).map((line) => line.split(",").map((cell) => cell.trim().replace(/^"|"$/g, "")))
            .filter((cells) => cells.length > 1 && cells[0]).map((cells) => [cells[0], cells[1]]));
          look.group = "label";
          this.#choose();
          for (const host of this.all) host.hay = haystack(host);
          this.#update();
          return this.page.say(`${count(look.labels.size, "label")} read.`);
        }

        #label(host) {
          if (look.labels.size) return look.labels.get(host.name) ?? "no label";
          try {
            const found = new RegExp(look.label || "^[A-Za-z]+").exec(host.name ?? "");
            return found ? found[1] ?? found[0] : "no label";
          } catch {
            return "the pattern is wrong";
          }
        }

        #group(host) {
          if (host.failure) return "not judged";
          switch (look.group) {
            case "kernel": return host.kernel ?? "unknown";
            case "profile": return host.profile;
            case "verdict": return verdictOf(host);
            case "arguments": return host.zoneArguments || "none";
            case "label": return this.#label(host);
            default: return host.class;
          }
        }

        #matches(host) {
          if (look.only !== null && this.#group(host) !== look.only) return false;
          if (look.verdict === "failed" ? !host.failure : look.verdict === "worse" ? !isWorse(host)
            : look.verdict && (host.failure || verdictOf(host) !== look.verdict)) return false;
          return look.text.toLowerCase().split(/\s+/).every((word) => host.hay.includes(word));
        }

        // What is shown

        #update() {
          if (!this.all) return;
          const matched = this.all.filter((host) => this.#matches(host));
          const judged = matched.filter((host) => !host.failure);
          this.map.draw(judged, look.cell);
          const inCell = look.cell ? judged.filter((host) => this.map.cellOf(host) === look.cell) : matched;
          const counts = VERDICTS.map((word) => [word, judged.filter((host) => verdictOf(host) === word).length]).filter(([, number]) => number);
          const worse = judged.filter(isWorse).length;
          const said = `${count(matched.length, "host")} of ${this.all.length}: ${counts.map(([word, number]) => `${number} ${word}`).join(", ") || "none judged"}`
            + (matched.length > judged.length ? `, ${matched.length - judged.length} not judged` : "")
            + (this.all.some((host) => host.whatIf) ? `; ${count(worse, "host")} worse than now` : "") + ".";
          this.summary.textContent = said;
          this.page.say(said);
          this.#drawGroups(matched);
          this.#drawHosts(inCell);
        }

        #drawGroups(matched) {
          const groups = new Map();
          for (const host of matched) {
            const name = this.#group(host);
            if (!groups.has(name)) groups.set(name, []);
            groups.get(name).push(host);
          }
          const rows = [...groups].map(([name, hosts]) => ({ name, hosts, bad: hosts.filter((host) => VERDICTS.indexOf(verdictOf(host)) > 1).length }))
            .sort((a, b) => b.bad - a.bad || b.hosts.length - a.hosts.length);
          const shown = rows.slice(0, 60).map(({ name, hosts }) => {
            const judged = hosts.filter((host) => !host.failure);
            const sum = (field) => judged.reduce((total, host) => total + (host[field] ?? 0) * (host.machines ?? 1), 0);
            return [el("button", { type: "button", class: "chip", "aria-pressed": String(look.only === name), onclick: () => this.#only(name) }, name), `${hosts.length}`, verdictBar(judged),
              size(sum("totalBytes")), size(sum("movableBytes")), size(sum("maxSafeMovableBytes")), this.#change(name, judged)];
          });
          this.groups.replaceChildren(el("h3", {}, `By ${look.group}`), table(
            rows.length > 60 ? `The 60 worst of ${rows.length} groups` : "Groups, those with most that is bad first",
            [look.group, { text: "Hosts", n: true }, "Verdicts", { text: "Memory", n: true }, { text: "Movable", n: true }, { text: "Safe Movable", n: true },
              look.group === "class" ? "One change for all of it" : "What hosts are advised"], shown));
        }

        /** What one change does to a class; of other groups how many are advised what. */
        #change(name, judged) {
          const change = look.group === "class" ? this.classes?.get(name)?.change : null;
          if (!change) {
            const advised = new Map();
            for (const host of judged) {
              const words = host.recommendation.arguments.join(" ") || "nothing";
              advised.set(words, (advised.get(words) ?? 0) + 1);
            }
            return [...advised].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([words, number]) => `${words} (${number})`).join(", ");
          }
          if (change.notPossible) return `none suits all: ${change.notPossible}`;
          const now = judged.reduce((sum, host) => sum + host.movableBytes, 0);
          const then = change.movableBytes * judged.length;
          return el("span", {}, el("code", {}, change.argument), ` gives each at least ${size(change.movableBytes)} of Movable: ${size(now)} become ${size(then)}. `,
            el("button", { type: "button", class: "chip", onclick: () => this.page.go({ args: change.argument }) }, "Try it on all"));
        }

        /** One group alone, or all of them again. */
        #only(name) {
          look.only = look.only === name ? null : name;
          look.cell = null;
          look.shown = SHOWN;
          this.#update();
        }

        #drawHosts(hosts) {
          const order = (host) => (host.failure ? -1 : VERDICTS.indexOf(verdictOf(host)));
          const sorted = hosts.slice().sort((a, b) => order(b) - order(a) || (a.kernelHeadroomBytes ?? 0) - (b.kernelHeadroomBytes ?? 0));
          const shown = sorted.slice(0, look.shown);
          const hasWhatIf = shown.some((host) => host.whatIf);
          const heads = ["Host", "Class", "Kernel", { text: "Movable : kernel", n: true }, { text: "Headroom", n: true }, "Verdict",
            ...(hasWhatIf ? ["What if"] : []), "Advised", "Found"];
          this.hosts.replaceChildren(el("h3", { id: "hosts" }, look.cell ? "Hosts in the cell" : "Hosts"), table(
            `${shown.length} of ${count(hosts.length, "host")}, worst first`, heads,
            shown.map((host) => (host.failure
              ? [host.source, "", "", "", "", "not judged", ...(hasWhatIf ? [""] : []), host.failure, ""]
              : [this.#link(host), host.class, host.kernel ?? "unknown", ratio(host.movableToKernelRatio), size(host.kernelHeadroomBytes), verdict(host.verdict),
                ...(hasWhatIf ? [afterwards(host)] : []), host.recommendation.arguments.join(" ") || "nothing",
                [...new Set(host.findings.filter((finding) => finding.severity !== "note").map((finding) => finding.code))].join(" ")]))),
          ...(shown.length < hosts.length ? [el("button", { type: "button", id: "more", onclick: () => { look.shown += 400; this.#drawHosts(hosts); } }, "Show more")] : []));
        }

        #link(host) {
          if (this.page.about.results) return host.name;
          const target = this.state.with({ view: "whatif", host: host.source });
          return el("a", { href: `?${target.search}`, title: host.source, onclick: (event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
            event.preventDefault();
            this.page.go({ view: "whatif", host: host.source });
          } }, host.name);
        }
      }

      /** Of a what-if its own. */
      function verdictOf(host) {
        return host.whatIf?.verdict ?? host.verdict;
      }

      function isWorse(host) {
        return Boolean(host.whatIf?.verdict) && host.verdict !== "unknown"
          && VERDICTS.indexOf(host.whatIf.verdict) > VERDICTS.indexOf(host.verdict);
      }

      function afterwards(host) {
        if (!host.whatIf) return "";
        if (host.whatIf.notPlanned) return host.whatIf.notPlanned;
        return el("span", {}, verdict(host.whatIf.verdict), ` ${ratio(host.whatIf.movableToKernelRatio)}`);
      }

      function verdictBar(hosts) {
        const counts = [["balanced", 0], ["tight", 0], ["imbalanced", 0], ["unknown", 0]];
        for (const host of hosts) {
          const word = verdictOf(host);
          const entry = counts.find(([name]) => name === (word === "impossible" ? "imbalanced" : word));
          if (entry) entry[1] += 1;
        }
        const text = counts.filter(([, number]) => number).map(([name, number]) => `${number} ${name}`).join(", ");
        return el("span", {}, text, el("span", { class: "group-bar", "aria-hidden": "true" }, counts.map(([name, number]) => {
          const part = el("i", { class: `${name}-fill` });
          part.style.width = `${number / Math.max(1, hosts.length) * 100}%`;
          return part;
        })));
      }

      export function mount(view, state, page) {
        return new Fleet(view, state, page);
      }
      """##
    ),
    (
      name: "heatmap.js",
      text: ##"""
      // Hosts by ratio and headroom: a cell for those that are alike.

      import { count, el, size } from "./text.js";

      const RATIOS = [0, 0.125, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, Infinity];
      const RATIO_TEXTS = ["none", "≤ 1:8", "≤ 1:4", "≤ 1:2", "≤ 1:1", "≤ 1.5", "≤ 2", "≤ 3", "≤ 4", "≤ 6", "≤ 8", "≤ 12", "≤ 16", "≤ 24", "≤ 32", "more"];
      const MIB = 1 << 20;
      /** Headroom, least first. */
      const ROOMS = [0, 64 * MIB, 256 * MIB, 1024 * MIB, 4096 * MIB, 16384 * MIB, 65536 * MIB, 262144 * MIB, Infinity];
      const ORDER = ["balanced", "unknown", "tight", "imbalanced", "impossible"];

      export class HeatMap {
        /** @param choose takes a cell, or null; @param say tells what the keyboard is on. */
        constructor(choose, say) {
          this.choose = choose;
          this.say = say;
          this.at = null;
          this.canvas = el("canvas", { id: "heatmap", tabindex: 0, role: "application", "aria-roledescription": "heat map",
            "aria-label": "Hosts by ratio and headroom. Arrow keys move between cells, Enter lists the hosts of one, Escape all. The table below has the same." });
          this.node = el("div", {}, this.canvas, el("p", { class: "soft" },
            "Right: more Movable for each byte of kernel memory. Down: less that the kernel can still take. Colour and mark: the worst verdict in a cell; number: hosts. Click a cell for its hosts."));
          this.canvas.addEventListener("click", (event) => this.#pick(this.#cell(event.offsetX, event.offsetY)));
          this.canvas.addEventListener("keydown", (event) => this.#key(event));
          this.canvas.addEventListener("blur", () => { this.at = null; this.draw(this.hosts, this.chosen); });
          matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw(this.hosts, this.chosen));
          new ResizeObserver(() => requestAnimationFrame(() => {
            if (this.canvas.isConnected && this.canvas.clientWidth !== this.drawnWidth) this.draw(this.hosts, this.chosen);
          })).observe(this.canvas);
        }

        cellOf(host) {
          const value = host.whatIf?.movableToKernelRatio !== undefined && host.whatIf.verdict ? host.whatIf.movableToKernelRatio : host.movableToKernelRatio;
          const column = value === null || value === undefined ? RATIOS.length - 1 : RATIOS.findIndex((limit) => value <= limit);
          const bytes = host.kernelHeadroomBytes;
          const row = bytes === null || bytes === undefined ? ROOMS.length : ROOMS.findIndex((limit) => bytes <= limit);
          return `${column} ${row}`;
        }

        #rows() {
          return this.hasUnknown ? ROOMS.length + 1 : ROOMS.length;
        }

        draw(hosts, chosen) {
          if (!hosts) return;
          this.hosts = hosts;
          this.chosen = chosen;
          this.cells = new Map();
          for (const host of hosts) {
            const key = this.cellOf(host);
            const word = host.whatIf?.verdict ?? host.verdict;
            const cell = this.cells.get(key) ?? { hosts: 0, worst: "balanced" };
            cell.hosts += host.machines ?? 1;
            if (ORDER.indexOf(word) > ORDER.indexOf(cell.worst)) cell.worst = word;
            this.cells.set(key, cell);
          }
          this.hasUnknown = [...this.cells.keys()].some((key) => key.endsWith(` ${ROOMS.length}`));
          const style = getComputedStyle(document.documentElement);
          const color = (name) => style.getPropertyValue(`--${name}`).trim();
          const width = this.canvas.clientWidth || 600;
          this.drawnWidth = width;
          const font = Math.max(11, Math.min(18, width / 90));
          const left = font * 6;
          const height = Math.max(260, Math.min(width * 0.42, 900));
          const scale = window.devicePixelRatio || 1;
          this.canvas.width = width * scale;
          this.canvas.height = height * scale;
          this.canvas.style.height = `${height}px`;
          const context = this.canvas.getContext("2d");
          context.scale(scale, scale);
          context.font = `${font}px system-ui, sans-serif`;
          context.textBaseline = "middle";
          this.frame = { left, bottom: font * 3.2, cell: [(width - left) / RATIOS.length, (height - font * 3.2) / this.#rows()], rows: this.#rows() };
          const { cell: [w, h] } = this.frame;
          const most = Math.max(1, ...[...this.cells.values()].map((cell) => cell.hosts));
          for (let row = 0; row < this.#rows(); row += 1) {
            context.fillStyle = color("soft");
            context.textAlign = "right";
            context.fillText(this.roomText(row), left - 6, this.#top(row) + h / 2, left - 8);
            for (let column = 0; column < RATIOS.length; column += 1) {
              const cell = this.cells.get(`${column} ${row}`);
              const x = left + column * w;
              const y = this.#top(row);
              context.fillStyle = color("panel");
              context.fillRect(x + 0.5, y + 0.5, w - 1, h - 1);
              if (!cell) continue;
              const bad = { balanced: "good", tight: "warn", imbalanced: "bad", impossible: "bad" }[cell.worst] ?? "unknown";
              context.globalAlpha = 0.35 + 0.65 * Math.log2(1 + cell.hosts) / Math.log2(1 + most);
              context.fillStyle = color(bad);
              context.fillRect(x + 0.5, y + 0.5, w - 1, h - 1);
              context.globalAlpha = 1;
              const mark = { balanced: "", tight: "!", imbalanced: "✕", impossible: "✕" }[cell.worst] ?? "?";
              const text = `${mark}${cell.hosts}`;
              const room = Math.min(w - 4, context.measureText(text).width + 8);
              context.fillStyle = color("paper");
              context.fillRect(x + (w - room) / 2, y + h / 2 - font * 0.7, room, font * 1.4);
              context.fillStyle = color("ink");
              context.textAlign = "center";
              context.fillText(text, x + w / 2, y + h / 2, w - 4);
            }
          }
          context.fillStyle = color("soft");
          context.textAlign = "center";
          RATIO_TEXTS.forEach((text, column) => context.fillText(text, left + (column + 0.5) * w, height - font * 2.4, w - 2));
          context.textAlign = "right";
          context.fillText("Movable : kernel →", width - 4, height - font * 0.8);
          for (const [key, look] of [[chosen, "ink"], [this.at, "link"]]) {
            if (!key) continue;
            const [column, row] = key.split(" ").map(Number);
            context.strokeStyle = color(look);
            context.lineWidth = 3;
            context.strokeRect(left + column * w + 1.5, this.#top(row) + 1.5, w - 3, h - 3);
          }
        }

        /** Rows with least headroom are at the bottom. */
        #top(row) {
          const { rows, cell } = { rows: this.#rows(), cell: this.frame.cell };
          return (row === ROOMS.length ? rows - 1 : (this.hasUnknown ? rows - 2 : rows - 1) - row) * cell[1];
        }

        roomText(row) {
          if (row === ROOMS.length) return "unknown";
          if (row === 0) return "none";
          return row === ROOMS.length - 1 ? "more" : `≤ ${size(ROOMS[row])}`;
        }

        #cell(x, y) {
          const { left, cell: [w, h] } = this.frame;
          const column = Math.floor((x - left) / w);
          if (column < 0 || column >= RATIOS.length) return null;
          for (let row = 0; row < this.#rows(); row += 1) {
            if (y >= this.#top(row) && y < this.#top(row) + h) return `${column} ${row}`;
          }
          return null;
        }

        #pick(key) {
          this.choose(key && this.cells.has(key) && key !== this.chosen ? key : null);
        }

        #key(event) {
          const keys = [...this.cells.keys()];
          if (!keys.length) return;
          if (event.key === "Escape") return this.choose(null);
          if (event.key === "Enter") return this.#pick(this.at);
          const move = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
          if (!move) return undefined;
          event.preventDefault();
          const order = keys.map((key) => key.split(" ").map(Number));
          const from = this.at ? this.at.split(" ").map(Number) : null;
          // The nearest cell with hosts in that direction.
          const next = !from ? order[0] : order.map((to) => ({ to, along: (to[0] - from[0]) * move[0] + (to[1] - from[1]) * move[1],
            beside: Math.abs((to[0] - from[0]) * move[1]) + Math.abs((to[1] - from[1]) * move[0]) }))
            .filter((one) => one.along > 0).sort((a, b) => a.along + 2 * a.beside - b.along - 2 * b.beside)[0]?.to;
          if (next) this.at = next.join(" ");
          this.draw(this.hosts, this.chosen);
          const cell = this.cells.get(this.at);
          const [column, row] = this.at.split(" ").map(Number);
          return this.say(`${count(cell.hosts, "host")}, worst ${cell.worst}; Movable to kernel ${RATIO_TEXTS[column]}, headroom ${this.roomText(row)}.`);
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
      name: "machine.js",
      text: ##"""
      // The machine as it is.

      import { ask } from "./ask.js";
      import { bar, explainer, legend, scales, zoneParts } from "./picture.js";
      import { count, el, findings, limit, ratio, size, table, verdict } from "./text.js";

      export async function show(view, state, page) {
        const own = state.with({ args: null, want: null, grow: [], add: [], need: [], horizon: null, kernel: null });
        const [machine, predicted, advised] = await Promise.allSettled([
          ask("machine", own.query("machine")), ask("predict", own.query("predict")), ask("advise", own.query("advise")),
        ]);
        if (!view.isConnected) return;
        if (advised.status === "rejected") throw advised.reason;
        page.command(advised.value.command);
        const advice = advised.value.json;
        page.title(advice.host?.name);
        const layout = predicted.status === "fulfilled" ? predicted.value.json : null;
        view.append(el("h2", {}, "Machine"), answer(advice));
        if (machine.status === "fulfilled") view.append(...picture(machine.value.json, layout, advice));
        if (!layout) view.append(el("p", { class: "soft" }, `RAM ranges are not known: ${predicted.reason.message}`));
        view.append(...account(advice), el("h2", {}, "Found"), findings(advice.findings), ...unknown(advice));
      }

      export function answer(advice) {
        const current = advice.current;
        return el("div", { class: `answer ${current.verdict}` }, el("p", {}, verdict(current.verdict), " ",
          `Movable : kernel is ${ratio(current.movableToKernelRatio)}; the kernel can take ${size(current.kernelHeadroomBytes)} more now, `
          + `${size(current.kernelHeadroomWhenFullBytes)} once user memory fills the host. `
          + `Up to ${size(advice.sizing.maxSafeMovableBytes)} may safely be Movable; what limits it: ${limit(advice)}.`));
      }

      function picture(machine, layout, advice) {
        const page = machine.pageSizeBytes ?? 4096;
        const own = scales(layout?.steps?.ranges ?? []);
        const sizes = machine.nodes.map((node) => node.zones.reduce((sum, zone) => sum + zone.presentPages, 0));
        const largest = Math.max(1, ...sizes);
        const parts = [
          el("p", {}, `${machine.name ?? "This host"}, Linux ${machine.kernel ?? "unknown"} ${machine.arch ?? ""}, `
            + `${count(machine.nodes.length, "node")}, pages of ${size(page)}.`),
          explainer(),
          el("p", { class: "soft" }, "From top to bottom: zones and what is in them, RAM ranges, what is set apart, memory blocks."),
          legend(["kernel", "kernel memory in use"], ["user", "user memory in kernel zones"], ["kernel free", "free for the kernel"],
            ["movable", "Movable in use"], ["movable free", "Movable, free"], ["cma", "CMA"], ["offline", "offline block"], ["none", "block of several zones"]),
        ];
        machine.nodes.forEach((node, index) => {
          if (!sizes[index]) return;
          const judged = advice.current.nodes.find((one) => one.node === node.node);
          const scale = own.get(node.node);
          const block = el("section", { class: "node", "aria-label": `Node ${node.node}` },
            el("h3", {}, `Node ${node.node}`, judged ? verdict(judged.verdict) : "",
              el("small", {}, `${size(sizes[index] * page)}, ${node.cpus === null ? "cpus unknown" : count(node.cpus, "cpu")}`
                + (judged ? `, headroom ${size(judged.kernelHeadroomBytes)}` : ""))),
            bar(`Zones of node ${node.node}, by what is in them`, useParts(node, page, sizes[index]), { width: sizes[index] / largest }));
          if (scale) {
            block.append(bar(`RAM ranges of node ${node.node}`, rangeParts(node.node, scale, page),
              { thin: true, width: scale.pages / largest }));
            const areas = areaParts(node.node, scale, layout, page);
            if (areas.length) block.append(bar(`Set apart on node ${node.node}`, areas, { thin: true, width: scale.pages / largest }));
            const blocks = blockParts(node.node, scale, machine, page);
            if (blocks.length) block.append(bar(`Memory blocks of node ${node.node}`, blocks, { thin: true, width: scale.pages / largest }));
          }
          const pools = node.hugePages.filter((pool) => pool.total);
          if (pools.length) {
            block.append(el("p", { class: "soft" }, "Huge pages: " + pools.map((pool) =>
              `${pool.total} of ${size(pool.sizeBytes)}, ${pool.free ?? "unknown"} free`).join("; ")
              + ` (/sys/devices/system/node/node${node.node}/hugepages)`));
          }
          parts.push(block);
        });
        return parts;
      }

      /** Zones side by side, each divided by use. */
      function useParts(node, page, total) {
        const parts = [];
        let at = 0;
        for (const zone of node.zones) {
          const present = zone.presentPages;
          const kind = zone.name === "Movable" ? "movable" : zone.servesKernel ? "kernel" : "other";
          const free = zone.freePages ?? 0;
          const cma = kind === "kernel" ? zone.cmaPages ?? 0 : 0;
          const user = Math.min(zone.userPages ?? 0, present - free);
          const used = Math.max(0, present - free - user - Math.max(0, cma - free));
          const known = zone.managedPages === null || zone.freePages === null ? " What is in it is not known." : "";
          const say = (what, pages) => `Node ${node.node}, ZONE_${zone.name.toUpperCase()}: ${what} ${size(pages * page)} of `
            + `${size(present * page)} present, ${size((zone.managedPages ?? 0) * page)} managed; watermark min `
            + `${size((zone.minPages ?? 0) * page)} (${zone.source}).${known}`;
          const pieces = kind === "kernel"
            ? [[used, "kernel", "kernel memory, boot reservations and huge pages"], [user, "user", "user memory and page cache"],
              [Math.min(cma, free), "cma", "free CMA, for movable pages only"], [free - Math.min(cma, free), "kernel free", "free"]]
            : [[used + user, kind, "in use"], [free, `${kind} free`, "free"]];
          pieces.forEach(([pages, look, what], index) => {
            const from = at / total;
            at += pages;
            parts.push({ from, to: at / total, kind: look, text: say(what, pages), label: index === 0 ? zone.name : "" });
          });
        }
        return parts;
      }

      function rangeParts(node, scale, page) {
        let at = 0;
        const parts = scale.ranges.map((range) => {
          const from = at / scale.pages;
          at += range.pages;
          const marks = [range.mirrored ? "mirrored" : "", range.hotPluggable ? "hot-pluggable" : ""].filter(Boolean);
          return {
            from, to: at / scale.pages, kind: "kernel free",
            text: `Node ${node}, RAM: ${size(range.pages * page)} from ${size(range.startPFN * page)} up, frames ${range.startPFN} to `
              + `${range.startPFN + range.pages}${marks.length ? `, ${marks.join(", ")}` : ""} (what zonewise predict --steps lists).`,
          };
        });
        for (const hole of scale.holes) {
          parts.push({ from: hole.at, to: hole.at, kind: "hole",
            text: `Node ${node}: a hole of ${size(hole.pages * page)} below frame ${hole.pfn}: no RAM of this node.` });
        }
        return parts;
      }

      function areaParts(node, scale, layout, page) {
        return (layout?.reservations ?? []).filter((area) => area.node === node && area.startPFN !== undefined).map((area) => ({
          from: scale.part(area.startPFN), to: scale.part(area.startPFN + area.pages), kind: "cma",
          text: `Node ${node}, ${area.purpose}: ${size(area.pages * page)} for ${area.argument}, ${area.outcome} `
            + `(predicted from the command line).`,
        }));
      }

      function blockParts(node, scale, machine, page) {
        if (!machine.blocks) return [];
        const pages = machine.blocks.blockSizeBytes / page;
        return machine.blocks.runs.filter((run) => run.nodes.includes(node)).map((run) => {
          const zones = run.zones === null ? "unknown" : run.zones.length ? run.zones.join(", ") : "none: several zones or nodes";
          const kind = run.state !== "online" ? "offline" : run.zones === null || !run.zones.length ? "none"
            : run.zones[0] === "Movable" ? "movable" : "kernel";
          return {
            from: scale.part(run.first * pages), to: scale.part((run.first + run.count) * pages), kind,
            text: `Node ${node}: ${count(run.count, "memory block")} of ${size(machine.blocks.blockSizeBytes)} from memory${run.first} on, `
              + `${run.state ?? "state unknown"}, valid_zones ${zones} (${machine.blocks.source}).`,
          };
        });
      }

      export function account(advice) {
        const demand = advice.demand;
        if (demand.nowBytes === null) return [el("p", { class: "soft" }, "What the kernel zones pay for is not known.")];
        const rows = demand.terms.map((term) => [term.id, term.node ?? "all", size(term.nowBytes), size(term.projectedBytes),
          el("span", {}, `${term.formula} (${term.source})`)]);
        rows.push(["unexplained", "all", size(demand.unexplainedBytes), size(Math.max(0, demand.unexplainedBytes)), "use that no term explains"],
          ["margin", "all", "", size(demand.marginBytes), `profile ${advice.profile.name}`],
          ["reserve", "all", size(demand.reserveBytes), size(demand.reserveBytes), "watermarks and lowmem protection (/proc/zoneinfo)"]);
        return [el("h2", {}, "What the kernel zones pay for"),
          table(`Terms, now and at the horizon; needed in all: ${size(advice.sizing.neededKernelBytes)}`,
            ["Term", "Node", { text: "Now", n: true }, { text: "At the horizon", n: true }, "How"], rows)];
      }

      function unknown(advice) {
        if (!advice.unknown.length) return [];
        return [el("h2", {}, "Not known"), table("Inputs that were not read", ["Input", "Why", "What that costs"],
          advice.unknown.map((input) => [input.input, input.reason, input.effect]))];
      }
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
      [hidden] { display: none !important; }
      html { -webkit-text-size-adjust: 100%; }
      body { font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
        color: var(--ink); background: var(--paper); margin: 0 auto; max-width: 100rem;
        padding: 1rem clamp(.75rem, 3vw, 2.5rem) 2rem; }
      @media (min-width: 160rem) { html { font-size: 22px; } body { max-width: 160rem; } }
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
      @media (min-width: 64rem) { .columns.even { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
      .fields { display: grid; gap: .7rem 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
      .fields label, .field { display: grid; gap: .15rem; align-content: start; font-size: .92rem; color: var(--soft); }
      .fields > * { min-width: 0; }
      .fields > label > input, .fields > label > select { width: 100%; min-width: 0; }
      .fields .wide { grid-column: 1 / -1; }
      .chips { display: flex; flex-wrap: wrap; gap: .3rem; }
      .chip[aria-pressed=true] { background: var(--ink); color: var(--paper); }
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
      .node { margin: 1.2rem 0; }
      .node h3 { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; margin-bottom: .25rem; }
      .node h3 small { font-weight: 400; color: var(--soft); }
      .bar { position: relative; height: 2.4rem; background: var(--panel); border: 1px solid var(--edge);
        border-radius: 4px; min-width: 3rem; overflow: hidden; }
      .bar.thin { height: .9rem; margin-top: 3px; border-color: var(--line); }
      .bar.open { overflow: visible; }
      .seg { position: absolute; top: 0; bottom: 0; overflow: hidden; line-height: 2.3rem;
        font-size: .85rem; white-space: nowrap; border-right: 1px solid var(--paper); min-width: 1px; }
      .seg > span { padding: 0 .35rem; }
      .thin .seg { line-height: 1; border-right-width: 0; }
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
      .handle { position: absolute; top: -6px; bottom: -6px; width: 22px; margin-left: -11px; z-index: 4;
        cursor: ew-resize; touch-action: none; border-radius: 6px; }
      .handle::before { content: ""; position: absolute; left: 8px; width: 6px; top: 0; bottom: 0; border-radius: 3px;
        background: var(--ink); border: 1px solid var(--paper); }
      .handle:hover::before, .handle:active::before { left: 6px; width: 10px; }
      .asked { margin: 2rem 0 1.4rem; }
      .explain { min-height: 3.2rem; padding: .5rem .8rem; background: var(--panel); border-radius: 6px; }
      .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: .4rem 0; font-size: .9rem; }
      .legend i { display: inline-block; width: 1rem; height: .8rem; position: static; margin-right: .4rem; border: 1px solid var(--edge); }
      .legend i.need-mark { border: 0; border-left: 3px dashed var(--ink); width: .5rem; }

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
      name: "page.js",
      text: ##"""
      // The page: which view is shown, of what, and the way back.

      import { ask } from "./ask.js";
      import { State } from "./state.js";
      import { el } from "./text.js";
      import * as fleet from "./fleet.js";
      import * as machine from "./machine.js";
      import * as target from "./target.js";
      import * as whatif from "./whatif.js";
      import * as why from "./why.js";

      /** Views in the order of the menu; `mount` makes one that is told of every state, `show` draws one state. */
      const VIEWS = [
        { name: "fleet", text: "Fleet", module: fleet, isOfAll: true },
        { name: "machine", text: "Machine", module: machine },
        { name: "whatif", text: "What if", module: whatif },
        { name: "why", text: "Why", module: why },
        { name: "target", text: "Target", module: target },
      ];

      class Page {
        constructor(about) {
          this.about = about;
          this.view = document.getElementById("view");
          this.state = State.read(location.search);
          this.depth = history.state?.depth ?? 0;
          this.drawn = null;
          this.typing = 0;
        }

        start() {
          document.getElementById("version").textContent = this.about.version;
          window.addEventListener("popstate", (event) => {
            this.depth = event.state?.depth ?? 0;
            this.state = State.read(location.search);
            this.draw();
          });
          this.#button("undo", () => history.back());
          this.#button("reset", () => this.go(new State({ view: this.state.view, host: this.state.host })));
          this.#button("again", async () => {
            await ask("again", "");
            this.drawn = null;
            await this.draw();
            this.say("Read again.");
          });
          this.#button("copy", () => this.#copy(document.getElementById("command").textContent, "The command is copied."));
          this.#button("share", () => this.#copy(location.href, "The address is copied."));
          if (!this.#view(this.state.view)) this.state = this.state.with({ view: this.about.fleet ? "fleet" : "whatif" });
          if (!this.state.host && !this.about.fleet) this.state = this.state.with({ host: this.about.sources[0] ?? "" });
          history.replaceState({ depth: this.depth }, "", this.#url());
          this.draw();
        }

        /** Whether somebody is at a word: what they type is not taken out of their hands. */
        get isTyping() {
          return this.settled !== undefined;
        }

        #view(name) {
          return VIEWS.find((view) => view.name === name && (this.about.fleet || !view.isOfAll));
        }

        #button(id, work) {
          document.getElementById(id).addEventListener("click", work);
        }

        async #copy(text, said) {
          try {
            await navigator.clipboard.writeText(text);
            this.say(said);
          } catch {
            this.say("The browser does not let this page copy: select the text instead.");
          }
        }

        #url() {
          return `${location.pathname}?${this.state.search}`;
        }

        /**
         * Goes to another state. What is only passed through (a drag, a word half typed) leaves one entry for
         * the way back, where it ends.
         */
        go(changes, isFinal = true) {
          const next = changes instanceof State ? changes : this.state.with(changes);
          if (!isFinal && this.settled === undefined) this.settled = this.state;
          const before = this.settled ?? this.state;
          this.state = next;
          if (isFinal) {
            this.settled = undefined;
            if (next.search !== before.search) {
              // What was passed through is not where one comes back to.
              history.replaceState({ depth: this.depth }, "", `${location.pathname}?${before.search}`);
              this.depth += 1;
              history.pushState({ depth: this.depth }, "", this.#url());
            } else {
              history.replaceState({ depth: this.depth }, "", this.#url());
            }
          } else {
            history.replaceState({ depth: this.depth }, "", this.#url());
          }
          return this.draw();
        }

        /** Draws the state: anew where the view or the host is another one. */
        async draw() {
          const state = this.state;
          document.getElementById("undo").disabled = this.depth === 0;
          document.getElementById("reset").disabled = !state.isChanged;
          this.#menu();
          const { name, module, isOfAll } = this.#view(state.view) ?? this.#view("whatif");
          const key = isOfAll ? name : `${name} ${state.host}`;
          if (module.mount && this.drawn === key) return this.#shown(() => this.shown.show(state));
          this.drawn = key;
          const view = el("div", {});
          this.view.replaceChildren(view);
          if (this.about.fleet && !isOfAll && !state.host) {
            view.append(el("h2", {}, "No host yet"), el("p", {}, "Choose one in the fleet."));
            return undefined;
          }
          return this.#shown(async () => {
            if (!module.mount) return module.show(view, state, this);
            this.shown = module.mount(view, state, this);
            return this.shown.show(state);
          }, view);
        }

        /** Draws, and says what went wrong. */
        async #shown(work, view = this.view.firstElementChild) {
          this.busy = (this.busy ?? 0) + 1;
          this.view.setAttribute("aria-busy", "true");
          try {
            await work();
            view.querySelector(":scope > .failure")?.remove();
          } catch (error) {
            view.querySelector(":scope > .failure")?.remove();
            view.append(el("p", { class: "error failure", role: "alert" }, error.message));
            this.command(error.command ?? "");
          }
          this.busy -= 1;
          if (this.busy === 0) this.view.removeAttribute("aria-busy");
        }

        #menu() {
          const link = ({ name, text }) => {
            const target = this.state.with({ view: name });
            return el("li", {}, el("a", {
              href: `?${target.search}`, "aria-current": name === this.state.view ? "page" : null,
              onclick: (event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
                event.preventDefault();
                this.go({ view: name });
              },
            }, text));
          };
          const menu = document.getElementById("views");
          const held = menu.contains(document.activeElement);
          menu.replaceChildren(...VIEWS.filter((view) => this.#view(view.name)).map(link));
          if (held) menu.querySelector("[aria-current]")?.focus();
        }

        title(name) {
          document.getElementById("host-name").textContent = name ?? this.state.host;
          document.title = `${name ?? "zonewise"} – zonewise`;
        }

        command(text) {
          document.getElementById("command").textContent = text;
        }

        /** Said once things have settled, so that a drag is not read out mark by mark. */
        say(text) {
          clearTimeout(this.typing);
          this.typing = setTimeout(() => { document.getElementById("status").textContent = text; }, 400);
        }
      }

      const { json } = await ask("about", "");
      const page = new Page(json);
      page.start();
      """##
    ),
    (
      name: "picture.js",
      text: ##"""
      // Memory to scale: bars whose parts explain themselves to the pointer and to the keyboard.

      import { el, size } from "./text.js";

      /** Where frames lie on a node's bar: holes take no room, so that RAM is to scale. */
      export class NodeScale {
        constructor(ranges) {
          this.ranges = ranges.slice().sort((a, b) => a.startPFN - b.startPFN);
          this.pages = this.ranges.reduce((sum, range) => sum + range.pages, 0);
        }

        /** Pages of the node's RAM below a frame. */
        below(pfn) {
          let pages = 0;
          for (const range of this.ranges) {
            pages += Math.min(range.pages, Math.max(0, pfn - range.startPFN));
          }
          return pages;
        }

        /** The frame above so many pages. */
        frame(pages) {
          let rest = pages;
          for (const range of this.ranges) {
            if (rest <= range.pages) return range.startPFN + rest;
            rest -= range.pages;
          }
          const last = this.ranges.at(-1);
          return last ? last.startPFN + last.pages : 0;
        }

        part(pfn) {
          return this.pages ? this.below(pfn) / this.pages : 0;
        }

        /** Where holes are, as parts of the bar. */
        get holes() {
          const holes = [];
          let pages = 0;
          this.ranges.forEach((range, index) => {
            if (index > 0) {
              const before = this.ranges[index - 1];
              const gap = range.startPFN - before.startPFN - before.pages;
              if (gap > 0) holes.push({ at: pages / this.pages, pages: gap, pfn: range.startPFN });
            }
            pages += range.pages;
          });
          return holes;
        }
      }

      /** Ranges by node, in the order of the nodes. */
      export function scales(ranges) {
        const byNode = new Map();
        for (const range of ranges) {
          if (!byNode.has(range.node)) byNode.set(range.node, []);
          byNode.get(range.node).push(range);
        }
        return new Map([...byNode].sort((a, b) => a[0] - b[0]).map(([node, own]) => [node, new NodeScale(own)]));
      }

      /** The place that says what the pointer or the focus is on. */
      export function explainer() {
        return el("p", { class: "explain", id: "explain", role: "note" },
          "Point at a part, or go to it with Tab and the arrow keys: what it is stands here, with where that was read.");
      }

      function show(text) {
        const place = document.getElementById("explain");
        if (place) place.textContent = text;
      }

      /**
       * A bar. Parts are {from, to, kind, text, label}: shares of the bar, how they look, what they say, and
       * what is written on them.
       */
      export function bar(name, parts, { thin = false, width = 1, open = false } = {}) {
        const node = el("div", { class: `bar${thin ? " thin" : ""}${open ? " open" : ""}`, role: "list", "aria-label": name });
        node.style.width = `${Math.max(2, width * 100)}%`;
        const shown = parts.filter((part) => part.to > part.from || part.kind === "hole");
        shown.forEach((part, index) => {
          const item = el("div", {
            class: `seg ${part.kind}`, role: "listitem", tabindex: index === 0 ? 0 : -1, "aria-label": part.text,
            onpointerenter: () => show(part.text), onfocus: () => show(part.text),
          }, part.label ? el("span", { "aria-hidden": "true" }, part.label) : "");
          item.style.left = `${part.from * 100}%`;
          item.style.width = `${(part.to - part.from) * 100}%`;
          node.append(item);
        });
        node.addEventListener("keydown", (event) => {
          const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
          if (!step || !event.target.classList.contains("seg")) return;
          const items = [...node.querySelectorAll(".seg")];
          const next = items[items.indexOf(event.target) + step];
          if (!next) return;
          event.preventDefault();
          event.target.tabIndex = -1;
          next.tabIndex = 0;
          next.focus();
        });
        return node;
      }

      /** Zones that a layout gives a node, as parts of its bar. */
      export function zoneParts(node, scale, pageSize, where) {
        const parts = [];
        for (const zone of node.zones) {
          const from = scale.part(zone.startPFN);
          const to = scale.part(zone.startPFN + zone.spannedPages);
          const bytes = zone.presentPages * pageSize;
          const kind = zone.name === "Movable" ? "movable" : zone.name === "Device" ? "device"
            : zone.name === "HighMem" ? "other" : "kernel";
          parts.push({
            from, to, kind, label: `${zone.name} ${size(bytes)}`,
            text: `Node ${node.node}, ZONE_${zone.name.toUpperCase()}: ${size(bytes)} present, frames `
              + `${zone.startPFN} to ${zone.startPFN + zone.spannedPages} (${where}).`,
          });
        }
        return parts;
      }

      export function legend(...entries) {
        return el("ul", { class: "legend", "aria-label": "Legend" },
          entries.map(([kind, text]) => el("li", {}, el("i", { class: `seg ${kind}`, "aria-hidden": "true" }), text)));
      }
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
        report: ["args", "grow", "horizon", "add", "profile"],
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
      name: "target.js",
      text: ##"""
      // What goes into the boot loader, or the platform.

      import { ask } from "./ask.js";
      import { diff, MOST_LINES } from "./diff.js";
      import { el } from "./text.js";

      /** What somebody pasted; it stays in this window. */
      let pasted = "";

      export async function show(view, state, page) {
        const target = page.about.targets.find((one) => one.name === state.for) ?? page.about.targets.find((one) => one.name === "grub")
          ?? page.about.targets[0];
        const choice = el("select", { id: "target", onchange: (event) => page.go({ for: event.target.value }) },
          page.about.targets.map((one) => el("option", { value: one.name, selected: one.name === target.name }, `${one.name} – ${one.title}`)));
        view.append(el("h2", {}, "Target"), el("p", {}, el("label", {}, "Write for ", choice)));
        const asked = state.args ? `these arguments: ${state.args}` : state.want ? `as much Movable as ${state.want}` : "what zonewise advises for this host";
        view.append(el("p", { class: "soft" }, `Of ${asked}. What if changes it.`));
        let answer;
        try {
          const query = state.args === "" ? state.with({ args: null }) : state;
          const got = await ask("cmdline", query.with({ for: target.name }).query("cmdline"));
          if (!view.isConnected) return;
          answer = got.json;
          page.title(state.host);
          page.command(got.command.replace("--format=json", "--format=text"));
        } catch (error) {
          page.command((error.command ?? "").replace("--format=json", "--format=text"));
          view.append(el("p", { class: "answer unknown", id: "snippet-refused" }, error.message));
          page.say(error.message);
          return;
        }
        const list = (heading, lines) => (lines.length ? [el("h3", {}, heading), el("ul", {}, lines.map((line) => el("li", {}, line)))] : []);
        const commands = (heading, lines) => (lines.length
          ? [el("h3", {}, heading), el("pre", { tabindex: 0, role: "region", "aria-label": heading }, lines.join("\n"))] : []);
        const result = el("div", { id: "difference", "aria-live": "polite" });
        const field = el("textarea", { id: "pasted", spellcheck: "false", "aria-describedby": "pasted-note", value: pasted,
          oninput: () => { pasted = field.value; compare(); } });
        const compare = () => result.replaceChildren(...difference(pasted, answer.text, answer.place));
        view.append(el("h3", {}, answer.place), el("pre", { id: "snippet", tabindex: 0, role: "region", "aria-label": `For ${target.name}` }, answer.text),
          el("button", { type: "button", onclick: async () => {
            try {
              await navigator.clipboard.writeText(answer.text);
              page.say("The text is copied.");
            } catch {
              page.say("The browser does not let this page copy: select the text instead.");
            }
          } }, "Copy the text"),
          ...commands("Put it to use", answer.apply), ...commands("The way back", answer.rollback), ...list("Notes", answer.notes),
          el("h2", {}, "Beside your file"),
          el("p", { id: "pasted-note", class: "soft" }, "Paste what is there now: it is compared here, in the browser, and sent nowhere."),
          el("label", { for: "pasted" }, `${answer.place} as it is`), field, result);
        compare();
        page.say(`For ${target.name}: ${answer.arguments.join(" ")}`);
      }

      function difference(before, after, place) {
        if (!before.trim()) return [];
        const lines = diff(before, after);
        if (!lines) return [el("p", { class: "error" }, `That is more than ${MOST_LINES} lines: zonewise cmdline --current FILE --diff compares it.`)];
        const marks = { same: " ", gone: "-", came: "+" };
        const changed = lines.filter(([kind]) => kind !== "same").length;
        return [el("p", {}, changed ? `${lines.filter(([kind]) => kind === "gone").length} lines are only in yours, `
          + `${lines.filter(([kind]) => kind === "came").length} only in what zonewise writes.` : "Both are the same."),
        el("pre", { class: "diff", tabindex: 0, role: "region", "aria-label": `Difference of ${place}` },
          lines.map(([kind, line]) => el("span", { class: `line ${kind}` }, `${marks[kind]} ${line}`)))];
      }
      """##
    ),
    (
      name: "text.js",
      text: ##"""
      // Words and numbers: as the C locale has them, whatever the browser's is.

      const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

      /** Bytes for people with three digits, as the commands print them. */
      export function size(bytes) {
        if (bytes === null || bytes === undefined) return "unknown";
        if (bytes === 0) return "0";
        const sign = bytes < 0 ? "−" : "";
        let value = Math.abs(bytes);
        let unit = 0;
        while (value >= 1023.5 && unit < UNITS.length - 1) {
          value /= 1024;
          unit += 1;
        }
        const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
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

      /** A ratio as the commands print it: 3:1, 2.4:1. */
      export function ratio(number) {
        return number === null || number === undefined ? "all movable" : `${number.toFixed(1).replace(/\.0$/, "")}:1`;
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

      const LIMITS = {
        "policy-ratio": "the profile's ratio", "node-minimum": "the profile's least kernel memory on each node",
        "user-memory": "user memory that settles in kernel zones of a full host", "boot-layout": "memory that no size argument makes Movable",
        "high-memory": "what is HighMem", devices: "Movable memory that planned devices bring", reserve: "watermarks",
        margin: "the profile's margin", unexplained: "kernel memory that no counter explains",
      };

      /** What keeps Movable from being larger. */
      export function limit(advice) {
        const id = advice.sizing.limitedBy;
        return id === null ? "not known" : LIMITS[id] ?? id;
      }
      """##
    ),
    (
      name: "whatif.js",
      text: ##"""
      // What would be: the boundary under the pointer, and everything that follows from it.

      import { ask, Latest } from "./ask.js";
      import { changeForm } from "./changes.js";
      import { account } from "./machine.js";
      import { bar, explainer, legend, scales, zoneParts } from "./picture.js";
      import { argument, bytesOf, el, findings, limit, ratio, size, table, verdict } from "./text.js";

      const MIB = 1 << 20;
      const SIZES = new Set(["kernelcore", "movablecore"]);

      /** The words of an argument list that are no sizes of zones. */
      function others(args) {
        return args.split(/\s+/).filter((word) => word && !SIZES.has(word.split("=")[0].replaceAll("-", "_")));
      }

      /** What kernelcore= asks for of a machine, in bytes; all of it where nothing is asked. */
      function asked(args, total) {
        let kernel = null;
        for (const word of (args ?? "").split(/\s+/)) {
          const [name, value] = word.split("=");
          if (!value || !SIZES.has(name)) continue;
          const percent = /^(\d+)%$/.exec(value);
          const bytes = percent ? total * Number(percent[1]) / 100 : bytesOf(value);
          if (bytes === null) continue;
          const own = name === "kernelcore" ? bytes : total - bytes;
          kernel = kernel === null ? own : Math.max(kernel, own);
        }
        return kernel === null ? null : Math.min(total, Math.max(0, kernel));
      }

      export class WhatIf {
        constructor(view, state, page) {
          this.page = page;
          this.state = state;
          this.asker = new Latest((question, isLast) => this.#ask(question, isLast));
          this.picture = el("div", {});
          this.answer = el("div", { class: "answer unknown", id: "answer" }, el("p", {}, "…"));
          this.side = el("div", {});
          this.below = el("div", {});
          this.slider = this.#slider();
          this.form = changeForm(page, true);
          view.append(el("h2", {}, "What if"), this.answer,
            el("div", { class: "columns" },
              el("div", {}, this.slider, explainer(),
                legend(["kernel", "kernel zones"], ["movable", "ZONE_MOVABLE"], ["need-mark", "what the kernel needs of the node"]), this.picture),
              el("div", {}, this.form.node, this.side)),
            this.below);
        }

        async show(state) {
          this.state = state;
          this.form.fill(state, this.own);
          await this.asker.ask(state);
        }

        async #ask(state, isLast) {
          try {
            if (this.own === undefined) {
              const now = await ask("predict", state.with({ args: null }).query("predict"));
              this.own = words(now.json);
              this.form.fill(state, this.own);
            }
            // Of a wish the answer is what is advised, and the picture what that gives.
            const wished = state.want === null ? null : await ask("advise", state.query("advise"));
            const args = wished ? wished.json.recommendation.arguments.join(" ") || this.own : state.args ?? this.own;
            const shown = state.with({ args, want: null });
            const [predicted, advised] = await Promise.all([
              ask("predict", shown.query("predict")), ask("advise", shown.query("advise")),
            ]);
            if (!this.picture.isConnected) return;
            this.page.command((wished ?? advised).command);
            this.page.title(advised.json.host?.name);
            this.args = args;
            this.#draw(predicted.json, advised.json, wished?.json);
            if (isLast()) this.page.say(this.answer.textContent);
          } catch (error) {
            this.#refuse(error);
          }
        }

        #refuse(error) {
          this.answer.className = "answer unknown";
          this.answer.replaceChildren(el("p", { class: "error" }, error.message));
          if (error.command) this.page.command(error.command);
          this.page.say(error.message);
        }

        // The picture

        #draw(predicted, advice, wished) {
          const steps = predicted.steps;
          const pageSize = steps.pageSizeBytes;
          this.pageSize = pageSize;
          const own = scales(steps.ranges);
          const pages = [...own.values()].reduce((sum, scale) => sum + scale.pages, 0);
          this.total = pages * pageSize;
          this.nodes = own.size;
          const boot = advice.boot;
          const shown = boot && !boot.notPredicted ? boot : null;
          const standing = shown?.standing ?? advice.current;
          this.answer.className = `answer ${boot?.notPredicted ? "unknown" : standing.verdict}`;
          const text = wished ? wishText(wished) : boot?.notPredicted ?? shown?.answer ?? "";
          this.answer.replaceChildren(el("p", {}, verdict(boot?.notPredicted ? "unknown" : standing.verdict), " ",
            text.replace(/^[A-Z ]+\. /, "")));
          const largest = Math.max(...[...own.values()].map((scale) => scale.pages));
          const kernel = predicted.totals.kernelBytes;
          this.#moveSlider(asked(this.args, this.total), kernel, predicted);
          const held = document.activeElement?.closest?.(".bar")?.getAttribute("aria-label");
          this.picture.replaceChildren(...predicted.nodes.map((node) => {
            const scale = own.get(node.node);
            const judged = standing.nodes.find((one) => one.node === node.node);
            const need = shown?.needs.find((one) => one.node === node.node);
            const bytes = scale.pages * pageSize;
            const box = bar(`Zones of node ${node.node}`, zoneParts(node, scale, pageSize, "predicted from its RAM ranges"),
              { width: scale.pages / largest, open: true });
            if (need && need.needsBytes > 0) {
              const mark = el("div", { class: "need", "aria-hidden": "true" });
              mark.style.left = `${Math.min(100, need.needsBytes / bytes * 100)}%`;
              box.append(mark);
            }
            box.append(this.#handle(node, scale, bytes));
            return el("section", { class: "node", "aria-label": `Node ${node.node}` },
              el("h3", {}, `Node ${node.node}`, judged ? verdict(judged.verdict) : "",
                el("small", {}, `kernel ${size(node.kernelPages * pageSize)}, Movable ${size(node.movablePages * pageSize)}`
                  + (need ? `; the kernel needs ${size(need.needsBytes)} of it` : ""))),
              box);
          }));
          if (held) this.picture.querySelector(`[aria-label="${CSS.escape(held)}"] .seg`)?.focus();
          this.#drawSide(wished ?? advice, shown);
          this.below.replaceChildren(...this.#nodeTable(standing, shown), ...account(advice),
            el("h2", {}, "Found"), findings(shown ? merged(shown.findings, advice.findings) : advice.findings),
            ...(shown && !shown.predicted.source.exact
              ? [el("p", { class: "soft" }, `Taken for granted: ${shown.predicted.source.assumptions.join("; ")}`)] : []));
        }

        #nodeTable(standing, shown) {
          return [el("h2", {}, "Nodes"), table("What each node keeps for the kernel, and what it can still take",
            ["Node", { text: "Kernel", n: true }, { text: "Needs", n: true }, { text: "Movable", n: true },
              { text: "Can take", n: true }, { text: "When full", n: true }, "Verdict"],
            standing.nodes.map((node) => [`${node.node}`, size(node.kernelBytes),
              shown ? size(shown.needs.find((one) => one.node === node.node)?.needsBytes) : "",
              size(node.movableBytes), size(node.kernelHeadroomBytes), size(node.kernelHeadroomWhenFullBytes), verdict(node.verdict)]))];
        }

        #drawSide(advice, shown) {
          const advised = advice.recommendation;
          const now = shown ? words(shown.predicted) : "";
          const largest = advice.sizing.maxSafeMovableBytes;
          const use = advised.arguments.length
            ? el("button", { type: "button", onclick: () => this.page.go({ args: advised.arguments.join(" "), want: null }) }, "Try these")
            : null;
          this.side.replaceChildren(
            el("h3", {}, "Exact arguments"),
            el("p", {}, el("code", {}, now || "no argument about zones"), shown?.safe === true ? " – leaves the kernel what it needs"
              : shown?.safe === false ? " – not safe" : ""),
            el("h3", {}, "What zonewise advises"),
            el("p", {}, advised.arguments.length ? el("code", {}, advised.arguments.join(" ")) : "nothing", ` – ${advised.reason}`),
            el("p", { class: "add" }, use,
              el("button", { type: "button", onclick: () => this.page.go({ want: "max", args: null }) }, "As much Movable as is safe")),
            el("p", { class: "soft" }, `Up to ${size(largest)} may safely be Movable here; what limits it: ${limit(advice)}.`));
        }

        // The boundary

        #slider() {
          const kernel = el("div", { class: "seg kernel", "aria-hidden": "true" });
          const movable = el("div", { class: "seg movable", "aria-hidden": "true" });
          const handle = el("div", {
            class: "handle", id: "boundary", role: "slider", tabindex: 0, "aria-orientation": "horizontal",
            "aria-label": "Kernel memory asked for", "aria-valuemin": 0, "aria-valuemax": 0, "aria-valuenow": 0,
            "aria-valuetext": "not known",
          });
          const box = el("div", { class: "bar open" }, kernel, movable, handle);
          handle.addEventListener("keydown", (event) => this.#key(event));
          this.#drag(handle, box, (part) => this.total * part);
          Object.assign(this, { kernelPart: kernel, movablePart: movable, boundary: handle });
          this.askedText = el("p", { id: "asked" }, "");
          return el("div", { class: "asked" }, el("p", { class: "soft" }, "Asked of the whole machine (kernelcore=): drag the boundary, or use the arrow keys."),
            box, this.askedText);
        }

        #moveSlider(bytes, kernel, predicted) {
          const part = bytes === null ? kernel / this.total : bytes / this.total;
          this.value = bytes ?? kernel;
          this.kernelPart.style.left = "0";
          this.kernelPart.style.width = `${part * 100}%`;
          this.movablePart.style.left = `${part * 100}%`;
          this.movablePart.style.width = `${(1 - part) * 100}%`;
          this.boundary.style.left = `${part * 100}%`;
          const total = Math.round(this.total / MIB);
          const now = Math.round(this.value / MIB);
          const movable = predicted.totals.movableBytes;
          const surprise = bytes !== null && bytes < this.total && Math.abs(kernel - bytes) > 16 * MIB
            ? `${size(bytes)} asked, ${size(kernel)} given: every node's share is handed out by turns and its boundary rounded.` : "";
          const gives = `The kernel gets ${size(kernel)}, Movable ${size(movable)} (${ratio(predicted.totals.movableToKernelRatio)}).`;
          this.boundary.setAttribute("aria-valuemax", total);
          this.boundary.setAttribute("aria-valuenow", now);
          this.boundary.setAttribute("aria-valuetext", `${size(this.value)} of ${size(this.total)} asked for the kernel. ${gives}`);
          this.askedText.textContent = `${bytes === null ? "No size is asked for." : ""} ${gives} ${surprise}`.trim();
        }

        #key(event) {
          if (!this.total) return;
          const small = Math.max(MIB, this.total / 1024);
          const move = {
            ArrowRight: small, ArrowUp: small, ArrowLeft: -small, ArrowDown: -small,
            PageUp: this.total / 16, PageDown: -this.total / 16, Home: -this.total, End: this.total,
          }[event.key];
          if (move === undefined) return;
          event.preventDefault();
          this.#set(this.value + move, true);
        }

        /** A node's own boundary: all nodes that share in the pass move with it. */
        #handle(node, scale, bytes) {
          const handle = el("div", { class: "handle", "aria-hidden": "true", title: "Drag: the kernel decides what each node gives" });
          const own = node.kernelPages * this.pageSize;
          handle.style.left = `${own / bytes * 100}%`;
          const start = this.value;
          this.#drag(handle, () => handle.parentElement, (part) => start + (part * bytes - own) * this.nodes);
          return handle;
        }

        #drag(handle, box, value) {
          handle.addEventListener("pointerdown", (event) => {
            if (!this.total) return;
            event.preventDefault();
            const frame = (typeof box === "function" ? box() : box).getBoundingClientRect();
            const move = (moved) => this.#set(value(Math.min(1, Math.max(0, (moved.clientX - frame.left) / frame.width))), false);
            const end = (moved) => {
              window.removeEventListener("pointermove", move);
              window.removeEventListener("pointerup", end);
              window.removeEventListener("pointercancel", end);
              if (moved.type === "pointerup") this.#set(value(Math.min(1, Math.max(0, (moved.clientX - frame.left) / frame.width))), true);
              this.boundary.focus();
            };
            window.addEventListener("pointermove", move);
            window.addEventListener("pointerup", end);
            window.addEventListener("pointercancel", end);
          });
        }

        #set(bytes, isFinal) {
          const step = Math.max(1, 2 ** Math.floor(Math.log2(this.total / MIB / 1024)));
          const mebibytes = Math.round(bytes / MIB / step) * step;
          const most = Math.floor(this.total / MIB);
          const keep = others(this.state.args ?? this.args ?? "");
          const size = mebibytes >= most ? [] : [`kernelcore=${argument(Math.max(step, mebibytes))}`];
          this.page.go({ args: [...size, ...keep].join(" "), want: null }, isFinal);
        }
      }

      /** The zone arguments of a prediction, as words. */
      function words(predicted) {
        const names = new Set(["kernelcore", "movablecore", "movable_node"]);
        return predicted.cmdline.split(/\s+/).filter((word) => names.has(word.split("=")[0].replaceAll("-", "_"))).join(" ");
      }

      function wishText(advice) {
        const want = advice.want;
        if (!want) return "";
        return want.safe ? `${size(want.movableBytes)} of Movable is safe here; arguments give ${size(want.givesMovableBytes)}.`
          : `${size(want.movableBytes)} of Movable is not safe here. ` + want.nearest.map((one) =>
            `${one.arguments} gives ${size(one.givesMovableBytes)}${one.safe ? ", safe" : `: ${one.cost}`}`).join("; ");
      }

      /** Findings of a boot, and those about the host that it does not say already. */
      function merged(own, host) {
        const known = new Set(own.map((finding) => finding.rule));
        return [...own, ...host.filter((finding) => !known.has(finding.rule))];
      }

      export function mount(view, state, page) {
        return new WhatIf(view, state, page);
      }
      """##
    ),
    (
      name: "why.js",
      text: ##"""
      // Why: what the kernel does with a size, step by step.

      import { ask } from "./ask.js";
      import { scales } from "./picture.js";
      import { el, size, table } from "./text.js";

      /** What find_zone_movable_pfns_for_nodes does with a size, in words of its own. */
      const STEPS = [
        ["restart", "again, as long as something is wanted:"],
        ["divide", "  a share = what is wanted / nodes that still count"],
        ["node", "  for each node with memory:"],
        ["less", "    if less than a share is wanted:"],
        ["less", "      a share = what is wanted / nodes that still count"],
        ["turn", "    this node is to give a share"],
        ["range", "    for each range of its memory, from the lowest address:"],
        ["own", "      what lies below the end of the kernel's own zones"],
        ["own", "      is kernel memory in any case, and is counted first"],
        ["take", "      of the rest it gives as much as its share lacks"],
        ["take", "      ZONE_MOVABLE begins where that ends"],
        ["take", "      so much less is wanted"],
        ["range", "    next range"],
        ["node", "  next node"],
        ["again", "  one node less counts"],
        ["again", "  if more pages are wanted than nodes count: again"],
        ["round", "each beginning is rounded up to the largest block"],
        ["drop", "where that is the node's end, it has no ZONE_MOVABLE"],
      ];

      /** The steps of a trace, each with what it says, its line in STEPS, and the starts after it. */
      export function stepsOf(spread, pageSize, nodes) {
        const bytes = (pages) => size(pages * pageSize);
        const starts = new Map(nodes.map((node) => [node, { end: null, own: null, isRounded: false }]));
        const steps = [];
        const add = (code, text, node = null) => steps.push({
          code, text, node, starts: new Map([...starts].map(([key, value]) => [key, { ...value }])),
        });
        add("restart", `${bytes(spread.wantedPages)} shall be kernel memory: ${spread.wantedPages} pages, on ${nodes.length} nodes with memory.`);
        spread.passes.forEach((pass, index) => {
          add("divide", `Pass ${index + 1}: ${bytes(pass.wantedPages)} are still wanted; divided by ${pass.divisor} that is `
            + `${bytes(Math.floor(pass.wantedPages / pass.divisor))} a node.`);
          let portion = Math.floor(pass.wantedPages / pass.divisor);
          for (const turn of pass.turns) {
            if (turn.portionPages !== portion) {
              portion = turn.portionPages;
              add("less", `Less than a share is left (${bytes(turn.wantedPages)}): from here on a share is ${bytes(portion)}.`, turn.node);
            }
            const taken = turn.taken.reduce((sum, piece) => sum + piece.pages, 0);
            if (!turn.taken.length) {
              add(portion ? "range" : "turn", `Node ${turn.node}: nothing is ${portion ? "left to take: all of it is kernel memory already" : "wanted any more"}.`, turn.node);
              continue;
            }
            for (const piece of turn.taken) {
              const own = starts.get(turn.node);
              own.end = piece.startPFN + piece.pages;
              if (piece.kernelOnly) {
                own.own = own.end;
                add("own", `Node ${turn.node}: ${bytes(piece.pages)} lie below the end of the kernel's own memory, frame ${own.end}: `
                  + `kernel memory in any case, and counted first.`, turn.node);
              } else {
                add("take", `Node ${turn.node} gives ${bytes(piece.pages)} of a share of ${bytes(turn.portionPages)}: `
                  + `frames ${piece.startPFN} to ${own.end}; Movable would begin there.`, turn.node);
              }
            }
            if (taken < turn.portionPages) {
              add("range", `Node ${turn.node} has no more: it gave ${bytes(taken)} of ${bytes(turn.portionPages)}; the others must give the rest.`, turn.node);
            }
          }
          const next = spread.passes[index + 1];
          add("again", next ? `${bytes(next.wantedPages)} are not handed out yet: another pass, divided by ${next.divisor}.`
            : "All is handed out, or there is nobody left to divide by.");
        });
        for (const rounding of spread.roundings) {
          const own = starts.get(rounding.node);
          if (!own || rounding.startPFN === 0) continue;
          own.isRounded = true;
          if (rounding.roundedPFN === null) {
            own.end = Infinity;
            add("drop", `Node ${rounding.node}: rounded up, frame ${rounding.startPFN} leaves nothing: this node gets no ZONE_MOVABLE.`, rounding.node);
          } else {
            own.end = rounding.roundedPFN;
            add("round", rounding.roundedPFN === rounding.startPFN
              ? `Node ${rounding.node}: frame ${rounding.startPFN} is the start of a block of the largest order already.`
              : `Node ${rounding.node}: frame ${rounding.startPFN} is rounded up to ${rounding.roundedPFN}: `
                + `${bytes(rounding.roundedPFN - rounding.startPFN)} more for the kernel.`, rounding.node);
          }
        }
        return steps;
      }

      export async function show(view, state, page) {
        const { json, command } = await ask("predict", state.query("predict"));
        if (!view.isConnected) return;
        page.command(command);
        page.title(state.host);
        const spread = json.steps.spread;
        const given = el("input", { name: "args", value: state.args ?? "", placeholder: "a size, such as 2G, behind kernelcore=", autocomplete: "off", spellcheck: "false",
          onchange: (event) => page.go({ args: event.target.value.trim() || null, want: null }) });
        view.append(el("h2", {}, "Why"),
          el("p", {}, "What the kernel does with this size on this machine (mm/mm_init.c, find_zone_movable_pfns_for_nodes)."),
          el("p", {}, el("label", {}, "Arguments about zones ", given)), el("p", {}, "Command line: ", el("code", {}, json.cmdline || "empty")));
        if (json.why) view.append(el("p", {}, json.why));
        if (!spread) {
          view.append(el("p", { class: "answer unknown" }, noSpread(json)));
          return;
        }
        const pageSize = json.steps.pageSizeBytes;
        const own = scales(json.steps.ranges);
        view.append(new Player(stepsOf(spread, pageSize, [...own.keys()]), own, pageSize, page).node);
        view.append(el("h2", {}, "All of it"), table("What each node gave in each pass",
          ["Pass", "Node", { text: "Wanted", n: true }, { text: "Share", n: true }, { text: "Gave", n: true }],
          spread.passes.flatMap((pass, index) => pass.turns.map((turn) => [`${index + 1}`, `${turn.node}`, size(turn.wantedPages * pageSize),
            size(turn.portionPages * pageSize), size(turn.taken.reduce((sum, piece) => sum + piece.pages, 0) * pageSize)]))));
      }

      function noSpread(json) {
        switch (json.path) {
          case "movable-node": return "movable_node decides: on each node ZONE_MOVABLE begins with the first range that firmware calls hot-pluggable. Nothing is handed out.";
          case "mirror": return "kernelcore=mirror decides: on each node ZONE_MOVABLE begins with the first range that is not mirrored. Nothing is handed out.";
          default: return "No size is asked for that leaves Movable anything: there is nothing to hand out. Try kernelcore=2G.";
        }
      }

      /** Shows one step after the other. */
      class Player {
        constructor(steps, own, pageSize, page) {
          Object.assign(this, { steps, own, pageSize, page, at: 0, timer: null });
          const largest = Math.max(...[...own.values()].map((scale) => scale.pages));
          this.isStill = matchMedia("(prefers-reduced-motion: reduce)");
          this.text = el("p", { class: "answer", role: "status", "aria-live": "polite", id: "step-text" });
          const button = (id, label, text, work) => el("button", { type: "button", id, "aria-label": label, onclick: work }, text);
          this.playButton = button("play", "Play", "▶ Play", () => (this.timer ? this.stop() : this.play()));
          this.range = el("input", { type: "range", min: 0, max: steps.length - 1, value: 0, "aria-label": "Step", id: "step",
            oninput: () => { this.stop(); this.go(Number(this.range.value)); } });
          this.bars = new Map([...own].map(([node, scale]) => {
            const kernel = el("div", { class: "seg kernel grow" });
            const reserved = el("div", { class: "seg other grow" });
            const box = el("div", { class: "bar", "aria-hidden": "true" }, el("div", { class: "seg movable free" }), kernel, reserved);
            box.firstChild.style.cssText = "left: 0; right: 0";
            box.style.width = `${Math.max(2, scale.pages / largest * 100)}%`;
            const said = el("small", {});
            return [node, { box, kernel, reserved, said, section: el("section", { class: "node", "aria-label": `Node ${node}` }, el("h3", {}, `Node ${node}`, said), box) }];
          }));
          this.code = el("pre", { class: "kernel-code", tabindex: 0, role: "region", "aria-label": "The kernel's loop, in words" },
            STEPS.map(([key, line]) => el("span", { class: "line", "data-code": key }, line)));
          this.node = el("div", {}, el("div", { class: "steps", role: "group", "aria-label": "Steps" },
            button("first", "First step", "|◀", () => { this.stop(); this.go(0); }),
            button("back", "Step back", "◀", () => { this.stop(); this.go(this.at - 1); }),
            this.isStill.matches ? null : this.playButton,
            button("next", "Next step", "▶", () => { this.stop(); this.go(this.at + 1); }),
            button("last", "Last step", "▶|", () => { this.stop(); this.go(this.steps.length - 1); }),
            this.range), this.text,
          el("div", { class: "columns even" }, el("div", {}, [...this.bars.values()].map((bar) => bar.section)), this.code));
          this.go(0);
        }

        play() {
          if (this.at === this.steps.length - 1) this.go(0);
          this.playButton.textContent = "⏸ Pause";
          this.playButton.setAttribute("aria-label", "Pause");
          this.timer = setInterval(() => {
            if (!this.node.isConnected || this.at === this.steps.length - 1) this.stop();
            else this.go(this.at + 1);
          }, 1200);
        }

        stop() {
          clearInterval(this.timer);
          this.timer = null;
          this.playButton.textContent = "▶ Play";
          this.playButton.setAttribute("aria-label", "Play");
        }

        go(index) {
          this.at = Math.max(0, Math.min(this.steps.length - 1, index));
          const step = this.steps[this.at];
          this.range.value = this.at;
          this.range.setAttribute("aria-valuetext", `Step ${this.at + 1} of ${this.steps.length}`);
          this.text.textContent = `${this.at + 1} of ${this.steps.length}. ${step.text}`;
          for (const line of this.code.children) line.classList.toggle("at", line.dataset.code === step.code);
          for (const [node, bar] of this.bars) {
            const scale = this.own.get(node);
            const start = step.starts.get(node);
            const part = start.end === null ? 0 : start.end === Infinity ? 1 : scale.part(start.end);
            const reserved = start.own === null ? 0 : scale.part(start.own);
            bar.kernel.style.left = "0";
            bar.kernel.style.width = `${part * 100}%`;
            bar.reserved.style.left = "0";
            bar.reserved.style.width = `${Math.min(reserved, part) * 100}%`;
            bar.reserved.hidden = reserved === 0;
            bar.kernel.hidden = part === 0;
            bar.box.classList.toggle("now", step.node === node);
            const kernel = part * scale.pages * this.pageSize;
            bar.said.textContent = start.end === null ? `${size(scale.pages * this.pageSize)}, nothing handed out yet`
              : `kernel ${size(kernel)}, above it ${size(scale.pages * this.pageSize - kernel)}${start.isRounded ? "" : " so far"}`;
          }
        }
      }
      """##
    ),
  ]
}
