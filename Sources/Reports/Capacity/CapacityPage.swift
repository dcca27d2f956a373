/// The page of a capacity report. `{{ }}` escapes; nothing here puts foreign text into a script.
enum CapacityPage {
  static let template = #"""
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <title>{{title}}</title>
    <style>
    :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a;
      --line: #d0d7de; --used: #1f4e79; --free: #9ec5e8; --movable: #7a5200; --bad: #a40e26;
      --warn: #7d4e00; --good: #116329; --panel: #f6f8fa; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117;
      --soft: #9aa4af; --line: #3d444d; --used: #58a6ff; --free: #1f4e79; --movable: #d29922;
      --bad: #ff7b72; --warn: #e3b341; --good: #56d364; --panel: #161b22; } }
    body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
      margin: 0 auto; max-width: 72rem; padding: 1rem; }
    h1 { font-size: 1.6rem; margin: .5rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
    .soft { color: var(--soft); } .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; }
    caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
    th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line);
      vertical-align: top; }
    .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    th button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0;
      padding: 0; cursor: pointer; text-decoration: underline dotted; }
    .imbalanced, .impossible { color: var(--bad); font-weight: 600; }
    .tight, .unknown { color: var(--warn); font-weight: 600; } .balanced { color: var(--good); }
    .charts { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); }
    .bar { display: block; height: .8rem; background: var(--used); min-width: 1px; }
    svg.zone { width: 100%; min-width: 8rem; height: .9rem; display: block; }
    .u { fill: var(--used); } .f { fill: var(--free); } .m { fill: var(--movable); }
    code { font-size: .9em; overflow-wrap: anywhere; }
    .tools { display: flex; flex-wrap: wrap; gap: .8rem; margin: .5rem 0; }
    input, select { font: inherit; color: inherit; background: var(--panel);
      border: 1px solid var(--soft); border-radius: 4px; padding: .25rem .5rem; }
    .key span { display: inline-block; width: .9rem; height: .9rem; margin: 0 .3rem -.1rem .8rem; }
    @media print { .tools { display: none; } body { max-width: none; } tr { break-inside: avoid; } }
    </style>
    </head>
    <body>
    <header>
    <h1>{{title}}</h1>
    <p class="soft">{{date}} · zonewise {{version}}</p>
    </header>
    <main>
    <section aria-label="Summary">
    {{#sentences}}<p>{{.}}</p>{{/sentences}}
    {{#hasWhatIfs}}<p><strong>What if:</strong> {{#whatIfs}}{{.}}. {{/whatIfs}}</p>{{/hasWhatIfs}}
    </section>
    <section class="charts" aria-label="Distributions">
    <div><h2>Movable : kernel</h2>
    <table><caption>Hosts by ratio</caption><thead><tr><th scope="col">ratio</th>
    <th scope="col" class="n">hosts</th><th scope="col"><span class="soft">share</span></th></tr></thead>
    <tbody>{{#ratioBins}}<tr><th scope="row">{{label}}</th><td class="n">{{count}}</td>
    <td><span class="bar" style="width:{{width}}%"></span></td></tr>{{/ratioBins}}</tbody></table></div>
    <div><h2>Kernel headroom over need</h2>
    <table><caption>Hosts by what the kernel can still take, as a multiple of what it needs</caption>
    <thead><tr><th scope="col">headroom</th><th scope="col" class="n">hosts</th>
    <th scope="col"><span class="soft">share</span></th></tr></thead>
    <tbody>{{#headroomBins}}<tr><th scope="row">{{label}}</th><td class="n">{{count}}</td>
    <td><span class="bar" style="width:{{width}}%"></span></td></tr>{{/headroomBins}}</tbody></table></div>
    </section>
    <section><h2>Machine classes</h2><div class="scroll"><table>
    <thead><tr><th scope="col">class</th><th scope="col" class="n">hosts</th>
    <th scope="col" class="n">worst ratio</th><th scope="col" class="n">least headroom</th>
    <th scope="col" class="n">could become Movable</th><th scope="col" class="n">too much Movable</th>
    <th scope="col">drift</th></tr></thead>
    <tbody>{{#classes}}<tr><th scope="row">{{name}}</th><td class="n">{{hosts}}</td>
    <td class="n">{{ratio}}</td><td class="n">{{headroom}}</td><td class="n">{{possible}}</td>
    <td class="n">{{excess}}</td><td>{{drift}}</td></tr>{{/classes}}</tbody></table></div></section>
    <section><h2>Hosts, worst first</h2>
    <p class="key soft">In each bar:<span style="background:var(--used)"></span>kernel memory used
    <span style="background:var(--free)"></span>kernel memory free
    <span style="background:var(--movable)"></span>Movable; the numbers stand in the columns.</p>
    <div class="tools">
    <label>Search <input id="search" type="search" autocomplete="off"></label>
    <label>Verdict <select id="verdict"><option value="">all</option><option>impossible</option>
    <option>imbalanced</option><option>tight</option><option>unknown</option>
    <option>balanced</option></select></label>
    <span id="shown" class="soft" role="status"></span></div>
    <div class="scroll"><table id="hosts">
    <thead><tr><th scope="col"><button type="button">host</button></th>
    <th scope="col"><button type="button">verdict</button></th>
    <th scope="col" class="n"><button type="button">kernel</button></th>
    <th scope="col" class="n"><button type="button">Movable</button></th>
    <th scope="col" class="n"><button type="button">ratio</button></th>
    <th scope="col" class="n"><button type="button">headroom</button></th>
    <th scope="col" class="n"><button type="button">needed</button></th>
    <th scope="col">nodes</th><th scope="col">findings and advice</th></tr></thead>
    <tbody>{{#hosts}}<tr data-verdict="{{verdict}}"><th scope="row">{{name}}<br>
    <span class="soft">{{kernelRelease}}<br>{{machineClass}}</span></th>
    <td class="{{verdict}}">{{verdict}}</td><td class="n" data-key="{{kernelKey}}">{{kernel}}</td>
    <td class="n" data-key="{{movableKey}}">{{movable}}</td><td class="n" data-key="{{ratioKey}}">{{ratio}}</td>
    <td class="n" data-key="{{headroomKey}}">{{headroom}}</td><td class="n" data-key="{{neededKey}}">{{needed}}</td>
    <td>{{#nodes}}<svg class="zone" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img"
    aria-label="{{label}}: {{text}}"><title>{{label}}: {{text}}</title><rect class="u" width="{{used}}" height="10"/><rect
    class="f" x="{{freeStart}}" width="{{free}}" height="10"/><rect class="m" x="{{movableStart}}"
    width="{{movable}}" height="10"/></svg>{{/nodes}}</td>
    <td>{{rules}}<br><code>{{recommendation}}</code></td></tr>{{/hosts}}</tbody></table></div>
    {{#left}}<p class="soft">{{left}} more hosts are in the CSV (--output csv=FILE).</p>{{/left}}
    </section>
    {{#failures.first}}<section><h2>Not judged</h2><ul>{{/failures.first}}
    {{#failures}}<li>{{source}}: {{reason}}</li>{{/failures}}
    {{#failures.first}}</ul></section>{{/failures.first}}
    <section><h2>How the numbers are made</h2>
    <p>Needed = today's hard kernel use, grown by the profile's factors to its horizon, with what the
    profile plans, the kernel's reserves, and the profile's margin. Ratio = memory in ZONE_MOVABLE and
    CMA over the rest. Headroom = what the kernel can still take before an ordinary allocation
    fails.</p><ul>{{#profileNotes}}<li>{{.}}</li>{{/profileNotes}}</ul></section>
    </main>
    <script>
    (() => {
      const table = document.getElementById("hosts"), body = table.tBodies[0];
      const rows = [...body.rows], search = document.getElementById("search");
      const verdict = document.getElementById("verdict"), shown = document.getElementById("shown");
      const filter = () => {
        const text = search.value.toLowerCase();
        let count = 0;
        for (const row of rows) {
          const match = (!verdict.value || row.dataset.verdict === verdict.value)
            && row.textContent.toLowerCase().includes(text);
          row.hidden = !match;
          if (match) count += 1;
        }
        shown.textContent = count + " of " + rows.length + " shown";
      };
      search.addEventListener("input", filter);
      verdict.addEventListener("change", filter);
      [...table.tHead.rows[0].cells].forEach((cell, column) => {
        const button = cell.querySelector("button");
        if (!button) return;
        button.addEventListener("click", () => {
          const down = cell.getAttribute("aria-sort") === "ascending";
          for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
          cell.setAttribute("aria-sort", down ? "descending" : "ascending");
          const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
          const compare = (a, b) => key(a).localeCompare(key(b), undefined, { numeric: true });
          const numeric = rows.length && rows[0].cells[column].dataset.key !== undefined;
          rows.sort((a, b) => (numeric ? Number(key(a)) - Number(key(b)) : compare(a, b)) * (down ? -1 : 1));
          body.append(...rows);
        });
      });
      filter();
    })();
    </script>
    </body>
    </html>

    """#
}
