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
