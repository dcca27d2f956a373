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
