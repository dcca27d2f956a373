// The state of the page: what its URL says, and nothing else.

export const FIELDS = ["for", "args", "want", "need", "grow", "horizon", "add", "kernel", "profile"];
const REPEATED = new Set(["need", "grow", "add"]);
/** What each command takes of a state, so that one that is asked anew is asked the same. */
const TAKES = {
  advise: ["args", "want", "need", "grow", "horizon", "add", "kernel", "profile"],
  predict: ["args", "kernel"],
  plan: ["add", "kernel", "profile"],
  cmdline: ["for", "args", "want", "need", "kernel", "profile"],
  report: ["args", "grow", "horizon", "add", "profile"],
  machine: [],
};

/** Percent-encodes as the server does, so that a state has one query. */
function encoded(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

export class State {
  constructor(values = {}) {
    this.view = values.view ?? "";
    this.host = values.host ?? "";
    for (const field of FIELDS) {
      this[field] = values[field] ?? (REPEATED.has(field) ? [] : null);
    }
  }

  static read(search) {
    const values = {};
    for (const [name, value] of new URLSearchParams(search)) {
      if (REPEATED.has(name)) (values[name] ??= []).push(value);
      else if (name === "view" || name === "host" || FIELDS.includes(name)) values[name] = value;
    }
    return new State(values);
  }

  with(changes) {
    return new State({ ...this, ...changes });
  }

  #parts(fields) {
    return fields.flatMap((field) => {
      const values = REPEATED.has(field) ? this[field] : this[field] === null ? [] : [this[field]];
      return values.map((value) => `${field}=${encoded(value)}`);
    });
  }

  /** The query of the page's own URL. */
  get search() {
    const own = ["view", "host"].filter((name) => this[name])
      .map((name) => `${name}=${encoded(this[name])}`);
    return [...own, ...this.#parts(FIELDS)].join("&");
  }

  /** The query that asks a command. */
  query(command) {
    const host = this.host && command !== "report" ? [`host=${encoded(this.host)}`] : [];
    return [...host, ...this.#parts(FIELDS.filter((field) => TAKES[command].includes(field)))].join("&");
  }

  get isChanged() {
    return FIELDS.some((field) => field !== "for" && (REPEATED.has(field) ? this[field].length : this[field] !== null));
  }
}
