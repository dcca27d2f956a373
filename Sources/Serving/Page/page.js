// The page: which view is shown, of what, and the way back.

import { ask } from "./ask.js";
import { State } from "./state.js";
import { el } from "./text.js";
import * as fleet from "./fleet.js";
import * as machine from "./machine.js";
import * as target from "./target.js";
import * as whatif from "./whatif.js";
import * as why from "./why.js";

/** Views in the order of the menu; `mount` makes one that is told of every state, `show` draws one state. */
const VIEWS = [
  { name: "fleet", text: "Fleet", module: fleet, isOfAll: true },
  { name: "machine", text: "Machine", module: machine },
  { name: "whatif", text: "What if", module: whatif },
  { name: "why", text: "Why", module: why },
  { name: "target", text: "Target", module: target },
];

class Page {
  constructor(about) {
    this.about = about;
    this.view = document.getElementById("view");
    this.state = State.read(location.search);
    this.depth = history.state?.depth ?? 0;
    this.drawn = null;
    this.typing = 0;
  }

  start() {
    document.getElementById("version").textContent = this.about.version;
    window.addEventListener("popstate", (event) => {
      this.depth = event.state?.depth ?? 0;
      this.state = State.read(location.search);
      this.draw();
    });
    this.#button("undo", () => history.back());
    this.#button("reset", () => this.go(new State({ view: this.state.view, host: this.state.host })));
    this.#button("again", async () => {
      await ask("again", "");
      this.drawn = null;
      await this.draw();
      this.say("Read again.");
    });
    this.#button("copy", () => this.#copy(document.getElementById("command").textContent, "The command is copied."));
    this.#button("share", () => this.#copy(location.href, "The address is copied."));
    if (!this.#view(this.state.view)) this.state = this.state.with({ view: this.about.fleet ? "fleet" : "whatif" });
    if (!this.state.host && !this.about.fleet) this.state = this.state.with({ host: this.about.sources[0] ?? "" });
    history.replaceState({ depth: this.depth }, "", this.#url());
    this.draw();
  }

  /** Whether somebody is at a word: what they type is not taken out of their hands. */
  get isTyping() {
    return this.settled !== undefined;
  }

  #view(name) {
    return VIEWS.find((view) => view.name === name && (this.about.fleet || !view.isOfAll));
  }

  #button(id, work) {
    document.getElementById(id).addEventListener("click", work);
  }

  async #copy(text, said) {
    try {
      await navigator.clipboard.writeText(text);
      this.say(said);
    } catch {
      this.say("The browser does not let this page copy: select the text instead.");
    }
  }

  #url() {
    return `${location.pathname}?${this.state.search}`;
  }

  /**
   * Goes to another state. What is only passed through (a drag, a word half typed) leaves one entry for
   * the way back, where it ends.
   */
  go(changes, isFinal = true) {
    const next = changes instanceof State ? changes : this.state.with(changes);
    if (!isFinal && this.settled === undefined) this.settled = this.state;
    const before = this.settled ?? this.state;
    this.state = next;
    if (isFinal) {
      this.settled = undefined;
      if (next.search !== before.search) {
        // What was passed through is not where one comes back to.
        history.replaceState({ depth: this.depth }, "", `${location.pathname}?${before.search}`);
        this.depth += 1;
        history.pushState({ depth: this.depth }, "", this.#url());
      } else {
        history.replaceState({ depth: this.depth }, "", this.#url());
      }
    } else {
      history.replaceState({ depth: this.depth }, "", this.#url());
    }
    return this.draw();
  }

  /** Draws the state: anew where the view or the host is another one. */
  async draw() {
    const state = this.state;
    document.getElementById("undo").disabled = this.depth === 0;
    document.getElementById("reset").disabled = !state.isChanged;
    this.#menu();
    const { name, module, isOfAll } = this.#view(state.view) ?? this.#view("whatif");
    const key = isOfAll ? name : `${name} ${state.host}`;
    if (module.mount && this.drawn === key) return this.#shown(() => this.shown.show(state));
    this.drawn = key;
    const view = el("div", {});
    this.view.replaceChildren(view);
    if (this.about.fleet && !isOfAll && !state.host) {
      view.append(el("h2", {}, "No host yet"), el("p", {}, "Choose one in the fleet."));
      return undefined;
    }
    return this.#shown(async () => {
      if (!module.mount) return module.show(view, state, this);
      this.shown = module.mount(view, state, this);
      return this.shown.show(state);
    }, view);
  }

  /** Draws, and says what went wrong. */
  async #shown(work, view = this.view.firstElementChild) {
    this.busy = (this.busy ?? 0) + 1;
    this.view.setAttribute("aria-busy", "true");
    try {
      await work();
      view.querySelector(":scope > .failure")?.remove();
    } catch (error) {
      view.querySelector(":scope > .failure")?.remove();
      view.append(el("p", { class: "error failure", role: "alert" }, error.message));
      this.command(error.command ?? "");
    }
    this.busy -= 1;
    if (this.busy === 0) this.view.removeAttribute("aria-busy");
  }

  #menu() {
    const link = ({ name, text }) => {
      const target = this.state.with({ view: name });
      return el("li", {}, el("a", {
        href: `?${target.search}`, "aria-current": name === this.state.view ? "page" : null,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
          event.preventDefault();
          this.go({ view: name });
        },
      }, text));
    };
    const menu = document.getElementById("views");
    const held = menu.contains(document.activeElement);
    menu.replaceChildren(...VIEWS.filter((view) => this.#view(view.name)).map(link));
    if (held) menu.querySelector("[aria-current]")?.focus();
  }

  title(name) {
    document.getElementById("host-name").textContent = name ?? this.state.host;
    document.title = `${name ?? "zonewise"} – zonewise`;
  }

  command(text) {
    document.getElementById("command").textContent = text;
  }

  /** Said once things have settled, so that a drag is not read out mark by mark. */
  say(text) {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => { document.getElementById("status").textContent = text; }, 400);
  }
}

const { json } = await ask("about", "");
const page = new Page(json);
page.start();
