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
