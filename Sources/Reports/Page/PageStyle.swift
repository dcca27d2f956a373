enum PageStyle {
  /// Light and dark, screen, phone and paper. What colours mean is also said in words or by a
  /// pattern.
  static let text = #"""

    :root { color-scheme: light dark;
      --paper: #ffffff; --panel: #f4f6f9; --ink: #18202b; --soft: #515c6b; --line: #d5dce5;
      --link: #0b5cad; --kernel: #1f5fa8; --kernel-free: #b9d3ee; --movable: #b45309;
      --movable-free: #fbe0bd; --bad: #a3152d; --warn: #7a4b00; --good: #14622f; --unknown: #5b4a8a;
      --bad-bg: #fdecee; --warn-bg: #fdf3df; --good-bg: #e7f5ec; --unknown-bg: #efecf8;
      --shadow: 0 1px 2px rgb(20 30 50 / .08); }
    @media (prefers-color-scheme: dark) { :root {
      --paper: #10151c; --panel: #19212b; --ink: #e8edf4; --soft: #a5b1c0; --line: #323e4c;
      --link: #7fb8f5; --kernel: #5b9fe6; --kernel-free: #274668; --movable: #e09540;
      --movable-free: #5a3c16; --bad: #ff9aa5; --warn: #f2c261; --good: #7fd69b;
      --unknown: #c3b5f2; --bad-bg: #3b1a20; --warn-bg: #382b10; --good-bg: #14301e;
      --unknown-bg: #2a2443; --shadow: none; } }
    * { box-sizing: border-box; }
    html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
    @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
    body { font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      color: var(--ink); background: var(--paper); margin: 0 auto; max-width: 80rem;
      padding: 1.5rem clamp(1rem, 3vw, 2.5rem) 3rem; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.01em; }
    h2 { font-size: 1.25rem; margin: 0 0 .75rem; padding-top: .25rem; }
    h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; } h4 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
    p, h2, h3, h4, figcaption, caption { overflow-wrap: break-word; }
    p { margin: .4rem 0; max-width: 75ch; } a { color: var(--link); }
    header { border-bottom: 1px solid var(--line); padding-bottom: .75rem; overflow-wrap: break-word; }
    nav ul { list-style: none; margin: .6rem 0 0; padding: 0; display: flex; flex-wrap: wrap;
      gap: .2rem 1.1rem; font-size: .92rem; }
    nav a { display: inline-block; padding: .2rem 0; }
    section { margin-top: 2.25rem; scroll-margin-top: 1rem; }
    footer { margin-top: 3rem; border-top: 1px solid var(--line); font-size: .9rem; }
    .soft { color: var(--soft); }
    .skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
    .lead { font-size: 1.15rem; padding: .8rem 1rem; background: var(--panel); border-radius: 8px;
      border-left: 5px solid var(--line); max-width: none; margin: .75rem 0; }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem;
      margin: 1rem 0; }
    .tile { background: var(--panel); border-radius: 8px; padding: .7rem .9rem; margin: 0;
      border-left: 5px solid var(--line); box-shadow: var(--shadow); }
    .tile dt { color: var(--soft); font-size: .88rem; }
    .tile dd { margin: 0; font-size: 1.45rem; font-weight: 650; line-height: 1.3;
      font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    .tile dd span { display: block; font-size: .85rem; font-weight: 400; }
    .edge-balanced { border-left-color: var(--good); } .edge-tight { border-left-color: var(--warn); }
    .edge-imbalanced, .edge-impossible { border-left-color: var(--bad); }
    .edge-unknown { border-left-color: var(--unknown); }
    .list { margin: .5rem 0; padding-left: 1.2rem; } .list li { margin: .25rem 0; max-width: 80ch;
      overflow-wrap: break-word; }
    code { font: .9em/1.4 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; }
    pre { background: var(--panel); border: 1px solid var(--line); border-radius: 8px;
      padding: .7rem .9rem; overflow-x: auto; margin: .6rem 0; }
    .scroll { overflow-x: auto; margin: .75rem 0 1.25rem; }
    table { border-collapse: collapse; width: 100%; font-size: .92rem; }
    caption { text-align: left; color: var(--ink); font-weight: 600; padding: 0 0 .4rem; }
    th, td { text-align: left; padding: .42rem .7rem .42rem 0; border-bottom: 1px solid var(--line);
      vertical-align: top; }
    th:last-child, td:last-child { padding-right: 0; }
    thead th { color: var(--soft); font-weight: 600; font-size: .85rem; vertical-align: bottom;
      border-bottom: 2px solid var(--line); }
    tbody th { font-weight: 600; min-width: 8.5rem; }
    .interactive { font-size: .88rem; } .interactive tbody th { min-width: 11rem; }
    .interactive td:last-child:not(.n) { min-width: 10rem; }
    .interactive thead .n { white-space: normal; } .interactive th, .interactive td { padding-right: .6rem; }
    .interactive td:last-child { padding-right: 0; }
    .narrow table { width: auto; min-width: min(100%, 26rem); }
    .narrow th, .narrow td { padding-right: 1.5rem; }
    .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(21rem, 1fr)); gap: 0 2.5rem; align-items: start; }
    .charts .scroll { min-width: 0; } .charts table { width: 100%; } .charts td:last-child { width: 45%; }
    .charts th, .charts td { border: 0; padding-top: .2rem; padding-bottom: .2rem; }
    .charts thead th { border-bottom: 2px solid var(--line); } .charts tbody th { font-weight: 400; white-space: nowrap; }
    tbody tr:hover > * { background: var(--panel); }
    .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    small { display: block; color: var(--soft); font-weight: 400; font-size: .85em; white-space: normal; }
    th button { font: inherit; color: inherit; background: none; border: 0; padding: .15rem 0;
      cursor: pointer; text-align: inherit; text-decoration: underline dotted; text-underline-offset: .2em; }
    th[aria-sort] button { color: var(--ink); text-decoration: underline; }
    th[aria-sort=ascending] button::after { content: " ▲"; } th[aria-sort=descending] button::after { content: " ▼"; }
    a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible,
    summary:focus-visible, .scroll:focus-visible, pre:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .verdict { display: inline-block; padding: .05rem .5rem; border-radius: 99px; font-weight: 600;
      font-size: .9em; white-space: nowrap; background: var(--unknown-bg); color: var(--unknown); }
    .verdict::before { content: "? "; }
    .verdict.balanced { background: var(--good-bg); color: var(--good); }
    .verdict.balanced::before { content: "✓ "; }
    .verdict.tight { background: var(--warn-bg); color: var(--warn); } .verdict.tight::before { content: "! "; }
    .verdict.imbalanced, .verdict.impossible { background: var(--bad-bg); color: var(--bad); }
    .verdict.imbalanced::before, .verdict.impossible::before { content: "✕ "; }
    .bar { display: block; height: .95rem; min-width: 6rem; margin-top: .2rem; background: var(--panel); border-radius: 3px; }
    .bar i { display: block; height: 100%; min-width: 0; background: var(--kernel); border-radius: 3px; }
    .tools { display: flex; flex-wrap: wrap; gap: .6rem 1.1rem; align-items: end; margin: .75rem 0;
      padding: .7rem .9rem; background: var(--panel); border-radius: 8px; }
    .tools[hidden] { display: none; }
    .tools label { display: grid; gap: .15rem; font-size: .85rem; color: var(--soft); }
    .tools [role=status] { padding-bottom: .35rem; }
    input, select { font: inherit; font-size: 1rem; color: var(--ink); background: var(--paper);
      border: 1px solid var(--soft); border-radius: 6px; padding: .3rem .5rem; max-width: 16rem; min-height: 2.2rem; }
    figure { margin: .75rem 0 1rem; } figcaption { color: var(--soft); font-size: .92rem; margin-bottom: .6rem; }
    .legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin-top: .2rem; }
    .key { white-space: nowrap; }
    .key i { display: inline-block; width: 1.1rem; height: .8rem; margin-right: .35rem; border-radius: 2px; }
    .node { display: grid; grid-template-columns: 5rem 1fr; gap: .2rem .6rem; margin: .55rem 0; align-items: start; }
    .node-name { font-weight: 600; padding-top: .15rem; }
    .node-bar .stack { height: 1.7rem; margin: 0; }
    .node-text { min-width: min(100%, 21rem); display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; font-size: .88rem;
      color: var(--soft); font-variant-numeric: tabular-nums; }
    .stack { display: flex; height: .8rem; margin: .28rem 0; min-width: 1.5rem; border-radius: 3px; overflow: hidden; }
    .stack > div { height: 100%; } .pictures { min-width: 8rem; }
    .ku { background: var(--kernel); } .kf { background: var(--kernel-free); }
    .mu { background: repeating-linear-gradient(45deg, var(--movable) 0 5px, var(--movable-free) 5px 7px); }
    .mf { background: repeating-linear-gradient(45deg, var(--movable-free) 0 5px, var(--paper) 5px 6.5px); }
    .stack > .mu, .stack > .mf { box-shadow: inset 0 1px var(--movable), inset 0 -1px var(--movable); }
    .scale { position: relative; padding-top: 2.1rem; margin: .75rem 0 1rem; max-width: 46rem; }
    .track { display: flex; height: 1.7rem; border-radius: 4px; overflow: hidden; font-size: .82rem; line-height: 1.7rem; }
    .track > div { white-space: nowrap; overflow: hidden; padding: 0 .4rem; text-align: right; }
    .track .fine { background: var(--good-bg); color: var(--good); }
    .track .warn { background: var(--warn-bg); color: var(--warn); border-left: 2px solid var(--warn); }
    .track .much { background: var(--bad-bg); color: var(--bad); border-left: 2px solid var(--bad); }
    .mark { position: absolute; top: 0; bottom: 0; border-left: 3px solid var(--ink); margin-left: -1px; z-index: 1; }
    .mark span { position: absolute; top: 0; left: -1px; transform: translateX(-50%); background: var(--ink); color: var(--paper);
      font-weight: 650; font-size: .88rem; padding: .05rem .5rem; border-radius: 4px; white-space: nowrap; }
    .mark[style="left:0%"] span { transform: none; left: -3px; } .mark[style="left:100%"] span { transform: translateX(-100%); }
    .curve svg { display: block; width: 100%; height: auto; max-width: 60rem; }
    .curve text { font-size: 13px; fill: var(--soft); } .curve .grid { stroke: var(--line); fill: none; }
    .curve .seen { stroke: var(--kernel); stroke-width: 2; fill: none; } .curve .band { fill: var(--kernel-free); opacity: .55; }
    .curve .next { stroke: var(--kernel); stroke-width: 2; stroke-dasharray: 7 5; fill: none; }
    .curve .limit { stroke: var(--bad); stroke-dasharray: 3 4; }
    .term { color: inherit; text-decoration: underline dotted; text-underline-offset: .2em; display: inline-flex;
      align-items: end; min-height: 24px; cursor: help; }
    .paper { display: none; }
    .tip { position: fixed; z-index: 9; max-width: min(24rem, calc(100vw - 2rem)); padding: .6rem .8rem; font-size: .9rem;
      color: var(--ink); background: var(--panel); border: 1px solid var(--soft); border-radius: 8px; box-shadow: 0 4px 16px rgb(0 0 0 / .25); }
    .tip[hidden] { display: none; }
    .words { max-width: 80ch; } .words div { margin: .5rem 0; } .words dt { font-weight: 600; scroll-margin-top: 1rem; }
    .words dd { margin: 0; } .words :target { background: var(--warn-bg); }
    .lines { border: 0; border-radius: 0; background: none; margin: 0; max-height: 32rem; overflow: auto; tab-size: 13;
      font: .85rem/1.5 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; }
    .page { margin: .3rem 0; } .page > summary { min-height: 24px; }
    details { border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; }
    summary { cursor: pointer; padding: .6rem .9rem; } summary h3 { display: inline; font-size: 1rem; margin: 0; }
    details[open] > summary { border-bottom: 1px solid var(--line); } .inner { padding: .4rem .9rem .8rem; }
    .bar i, .stack > div, .key i, .verdict, .tile, .lead, .track > div, .mark span {
      -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    @media (max-width: 680px) {
      .cards, .cards tbody, .cards tr, .cards td, .cards tbody th { display: block; width: 100%; }
      .cards thead { display: none; }
      .cards caption { display: block; }
      .cards tr { border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem; margin: .6rem 0; min-width: min-content; }
      .cards tr[hidden] { display: none; }
      .cards tbody th, .interactive tbody th { border: 0; padding: 0 0 .3rem; font-size: 1.05em; min-width: 0; }
      .cards td:empty { display: none; }
      .curve { overflow-x: auto; } .curve svg { width: 46rem; max-width: none; }
      .charts { grid-template-columns: 1fr; }
      .cards td { display: grid; grid-template-columns: minmax(4.5rem, 36%) 1fr; gap: 0 .5rem; border: 0; padding: .15rem 0; text-align: left; white-space: normal; }
      .cards td::before { content: attr(data-label); color: var(--soft); grid-row: 1 / span 8; }
      .cards td > * { grid-column: 2; } .cards td > .bar, .cards td > .stack { min-width: 0; } .cards td > .verdict { justify-self: start; }
      .node { grid-template-columns: 1fr; } .tools label, .tools input, .tools select { width: 100%; max-width: none; }
      .tools label { flex: 1 1 9rem; }
    }
    @media (min-width: 2200px) { html { font-size: 137.5%; } body { max-width: 110rem; } }
    @media print {
      :root { --paper: #fff; --panel: #f4f6f9; --ink: #000; --soft: #444; --line: #bbb; }
      @page { size: A4; margin: 14mm 12mm; }
      body { font-size: 10pt; max-width: none; padding: 0; }
      nav, .tools, .skip, footer, .finder, .page, .tip { display: none; }
      details { border: 0; } .inner { padding: 0; }
      .scroll { overflow: visible; } table { font-size: 8.5pt; } th button { display: none; } .paper { display: inline; }
      .term { text-decoration: none; min-height: 0; } html { font-size: 12pt; }
      thead th { font-size: inherit; } .cards { font-size: 7.5pt; } .interactive { font-size: 6.3pt; } thead .n { white-space: normal; }
      .interactive tbody th { min-width: 6.5rem; overflow-wrap: anywhere; } .interactive .pictures { min-width: 3.5rem; }
      .interactive td:last-child:not(.n) { min-width: 4.5rem; }
      .cards th, .cards td { padding-right: .4rem; } .interactive th, .interactive td { padding-right: .25rem; }
      thead { display: table-header-group; } h2, h3, h4, summary, caption { break-after: avoid; }
      tr, figure, .tile, .lead, .scale { break-inside: avoid; } .tiles { grid-template-columns: repeat(4, 1fr); }
      .tile dd { font-size: 13pt; } section { margin-top: 1.2rem; }
      .brief { font-size: 9pt; line-height: 1.35; } .brief h1 { font-size: 15pt; } .brief h2 { font-size: 11pt; margin: 0 0 .2rem; }
      .brief section { margin-top: .6rem; } .brief .lead { font-size: 11pt; padding: .4rem .7rem; margin: .3rem 0; }
      .brief .scroll { margin: .2rem 0; } .brief table { font-size: 8pt; } .brief th, .brief td { padding-top: .15rem; padding-bottom: .15rem; }
      .brief #words { display: none; }
      a { color: inherit; text-decoration: none; }
    }

    """#
}
