// Asks the server, which prints what the commands print.

export class Refused extends Error {}

/** What a command says about a state: its JSON, and its line for a shell. */
export async function ask(name, query, signal) {
  const response = await fetch(query ? `${name}.json?${query}` : `${name}.json`, { signal });
  const command = decodeURIComponent(response.headers.get("Zonewise-Command") ?? "");
  const json = await response.json();
  if (!response.ok || response.headers.get("Content-Type").startsWith("application/problem")) throw Object.assign(new Refused(json.error.replace(/^(zonewise|Error): /gm, "")), { command });
  return { json, command };
}

/** Lines of JSON. */
export async function askLines(name) {
  const response = await fetch(`${name}.json`);
  const text = await response.text();
  return text.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
}

/** Runs one question at a time: the newest one that came meanwhile is next, those between are left out. */
export class Latest {
  #running = null;
  #next = null;

  constructor(work) {
    this.work = work;
  }

  /** Resolves when nothing is left to ask. */
  ask(question) {
    this.#next = { question };
    this.#running ??= this.#run().finally(() => { this.#running = null; });
    return this.#running;
  }

  async #run() {
    while (this.#next) {
      const { question } = this.#next;
      this.#next = null;
      await this.work(question, () => this.#next === null);
    }
  }
}
