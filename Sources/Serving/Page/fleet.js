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
