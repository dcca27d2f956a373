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
