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
