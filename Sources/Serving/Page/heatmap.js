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
