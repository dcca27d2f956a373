// What must hold of every view of the page, in the manner of axe-core: landmarks, names, contrast,
// sizes. The value is a list of what is wrong.
(() => {
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const say = (rule, element, why) => wrong.push(`${rule}: ${why} in <${element.tagName.toLowerCase()} ${element.id}${element.className}> `
    + (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 50));
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const name = (element) => (element.getAttribute("aria-label") || [...(element.labels ?? [])].map((label) => label.textContent).join(" ")
    || element.textContent || element.title || "").trim();

  // Landmarks and headings.
  if (document.documentElement.lang !== "en") wrong.push("lang: the page names no language");
  if (!document.title.trim()) wrong.push("title: the page has none");
  for (const landmark of ["main", "header", "footer", "nav", "h1"]) {
    if (all(landmark).length !== 1) wrong.push(`landmark: there must be one ${landmark}`);
  }
  for (const landmark of all("nav, aside, section, form, [role=region], [role=search], [role=group], [role=list]")) {
    if (isShown(landmark) && !landmark.getAttribute("aria-label")) say("landmark", landmark, "no name");
  }
  for (const node of all("body > *")) {
    if (isShown(node) && !node.matches("header, main, aside, footer, .skip, [role=status]")) say("landmark", node, "outside of all");
  }
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) say("headings", heading, `h${level} is followed by h${own}`);
    if (!heading.textContent.trim()) say("headings", heading, "empty");
    level = own;
  }
  const ids = new Set();
  for (const element of all("[id]")) {
    if (ids.has(element.id)) say("ids", element, "there twice");
    ids.add(element.id);
  }
  if (!all("[role=status][aria-live=polite]").length) wrong.push("live: nothing tells of changes");

  // Names of what can be used, and how large it is.
  for (const control of all("input, select, textarea, button, a, summary, [role=slider], [tabindex='0']")) {
    if (!isShown(control)) continue;
    if (!name(control)) say("names", control, "no name");
    const box = control.getBoundingClientRect();
    const isInline = control.tagName === "A" || control.classList.contains("seg");
    if (!isInline && (box.width < 20 || box.height < 20) && !control.matches("[type=file]")) say("size", control, `${box.width} × ${box.height}`);
  }
  for (const slider of all("[role=slider]")) {
    for (const part of ["valuemin", "valuemax", "valuenow", "valuetext"]) {
      if (!slider.getAttribute(`aria-${part}`)) say("slider", slider, `no aria-${part}`);
    }
    const [least, now, most] = ["valuemin", "valuenow", "valuemax"].map((part) => Number(slider.getAttribute(`aria-${part}`)));
    if (!(least <= now && now <= most)) say("slider", slider, `${least} ≤ ${now} ≤ ${most} does not hold`);
  }
  for (const item of all("[role=listitem]")) {
    if (!item.closest("[role=list]")) say("lists", item, "in none");
    if (!name(item)) say("lists", item, "no name");
  }
  for (const table of all("table")) {
    if (!table.caption?.textContent.trim()) say("tables", table, "no caption");
    for (const head of table.tHead.rows[0].cells) if (head.scope !== "col" || !head.textContent.trim()) say("tables", head, "a column's head");
    for (const row of table.tBodies[0].rows) {
      if (row.cells.length !== table.tHead.rows[0].cells.length) say("tables", row, "a row of another length");
      if (!row.querySelector("th[scope=row]")) say("tables", row, "a row without a head");
    }
  }
  for (const word of all(".verdict")) if (!word.textContent.trim()) say("colour", word, "a verdict in colour alone");

  // Nothing that a stranger's text could have brought in.
  for (const element of all("*")) {
    for (const attribute of element.attributes) if (attribute.name.startsWith("on")) say("hostile", element, attribute.name);
  }
  if (all("img, iframe, object, embed, video, audio, style, svg, math, base, meta[http-equiv]").length) wrong.push("hostile: foreign content");
  if (all("script").length !== 1) wrong.push("hostile: another script");
  for (const link of all("a[href]")) if (!/^[?#]/.test(link.getAttribute("href"))) say("hostile", link, link.getAttribute("href"));
  if (window.hacked) wrong.push("hostile: a foreign script ran");

  // Contrast (WCAG 2.1, 1.4.3: 4.5, or 3 for large text).
  const parse = (text) => {
    const parts = text.match(/[\d.]+/g).map(Number);
    return [...parts.slice(0, 3), parts[3] ?? 1];
  };
  const over = (top, below) => [0, 1, 2].map((index) => top[index] * top[3] + below[index] * (1 - top[3]));
  const background = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.push(parse(getComputedStyle(at).backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    let colour = matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
    for (const layer of layers.reverse()) colour = over(layer, colour);
    return colour;
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || seen.has(element) || !isShown(element) || element.closest(".skip, .hidden, :disabled")) continue;
    if (["SCRIPT", "OPTION"].includes(element.tagName)) continue;
    seen.add(element);
    const style = getComputedStyle(element);
    const below = background(element);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const found = contrast(over(parse(style.color), below), below);
    if (found < (isLarge ? 3 : 4.5)) say("contrast", element, `${found.toFixed(2)} : 1`);
  }
  // Parts of pictures, and edges of fields, against what is beside them (1.4.11: 3).
  for (const field of all("input, select, textarea")) {
    if (!isShown(field) || field.matches("[type=range], [type=file]")) continue;
    const found = contrast(parse(getComputedStyle(field).borderTopColor).slice(0, 3), background(field.parentElement));
    if (found < 3) say("contrast", field, `its edge ${found.toFixed(2)} : 1`);
  }
  for (const [one, other] of [[".seg.kernel:not(.free)", ".seg.kernel.free"], [".seg.movable:not(.free)", ".seg.movable.free"]]) {
    const [a, b] = [one, other].map((selector) => document.querySelector(`.legend ${selector}`));
    if (!a || !b) continue;
    const found = contrast(background(a), background(b));
    if (found < 2.5) say("contrast", a, `beside ${other} ${found.toFixed(2)} : 1`);
  }

  // Nothing wider than the window, no number in another language.
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = all("body *").filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest(".scroll, pre, .bar, .skip, .hidden"))[0];
    wrong.push(`width: ${document.documentElement.scrollWidth} in a window of ${innerWidth}: <${wide?.tagName} ${wide?.className}>`);
  }
  const comma = /\d,\d{1,2} (B|KiB|MiB|GiB|TiB)/.exec(document.body.innerText);
  if (comma) wrong.push(`numbers: ${comma[0]}`);
  return wrong;
})()
