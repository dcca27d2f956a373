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
