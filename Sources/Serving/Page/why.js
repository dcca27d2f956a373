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
