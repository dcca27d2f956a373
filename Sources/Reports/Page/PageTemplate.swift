/// The templates of a page. `{{ }}` escapes; `{{{ }}}` stands only for the page's own style and
/// script, and no foreign text ever gets into those.
enum PageTemplate {
  static let page = #"""
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
    <link rel="icon" href="data:,">
    <title>{{title}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header>
    <h1>{{title}}</h1>
    <p class="soft">{{date}} · {{scope}} · zonewise {{version}}</p>
    <nav aria-label="Sections"><ul>{{#sections}}<li><a href="#{{id}}">{{heading}}</a></li>{{/sections}}</ul></nav>
    </header>
    <main id="content">
    {{#sections}}
    <section id="{{id}}" aria-labelledby="{{id}}-title">
    <h2 id="{{id}}-title">{{heading}}</h2>
    {{#blocks}}{{>block}}{{/blocks}}
    </section>
    {{/sections}}
    </main>
    <footer><p class="soft">Made by zonewise {{version}}. Sizes are in binary units: 1 GiB is 1024 MiB.</p></footer>
    <script>{{{script}}}</script>
    </body>
    </html>

    """#

  static let block = #"""
    {{#leads}}<p class="lead edge-{{verdict}}"><strong>{{head}}</strong> {{body}}</p>
    {{/leads}}{{#texts}}<p>{{.}}</p>
    {{/texts}}{{#notes}}<p class="soft">{{.}}</p>
    {{/notes}}{{#lists}}<ul class="list">{{#.}}<li>{{.}}</li>{{/.}}</ul>
    {{/lists}}{{#codes}}<pre tabindex="0"><code>{{.}}</code></pre>
    {{/codes}}{{#thirds}}<h3>{{.}}</h3>
    {{/thirds}}{{#fourths}}<h4>{{.}}</h4>
    {{/fourths}}{{#tileRows}}<dl class="tiles">{{#.}}<div class="tile edge-{{verdict}}"><dt>{{label}}</dt><dd>{{value}}<span class="soft">{{note}}</span></dd></div>{{/.}}</dl>
    {{/tileRows}}{{#tables}}{{>table}}{{/tables}}{{#charts}}<div class="charts">{{#.}}{{>table}}{{/.}}</div>
    {{/charts}}{{#pictures}}<figure class="zones"><figcaption>{{caption}}
    <span class="legend">{{#isPlan}}<span class="key"><i class="kf"></i>kernel</span> <span class="key"><i class="mf"></i>Movable</span>{{/isPlan}}
    {{^isPlan}}<span class="key"><i class="ku"></i>kernel used</span> <span class="key"><i class="kf"></i>kernel free</span>
    <span class="key"><i class="mu"></i>Movable used</span> <span class="key"><i class="mf"></i>Movable free</span>{{/isPlan}}</span></figcaption>
    {{#rows}}<div class="node"><span class="node-name">{{label}}</span><div class="node-bar">{{>stack}}
    <div class="node-text" style="width:{{length}}%"><span>{{kernelText}}</span><span>{{movableText}}</span></div></div></div>
    {{/rows}}</figure>
    {{/pictures}}{{#scales}}<div class="scale" role="img" aria-label="{{text}}">
    <div class="mark" style="left:{{mark}}%"><span>{{markText}}</span></div>
    <div class="track"><div class="fine" style="width:{{fine}}%"><span>fine to {{fineText}}</span></div><div
    class="warn" style="width:{{between}}%"><span>to {{warningText}}</span></div><div
    class="much" style="width:{{beyond}}%"><span>too much</span></div></div></div>
    {{/scales}}{{#folded}}<details id="{{id}}"><summary><h3>{{summary}}</h3></summary><div class="inner">
    {{#inner}}{{>block}}{{/inner}}
    </div></details>
    {{/folded}}
    """#

  static let stack = #"""
    <div class="stack" role="img" aria-label="{{text}}" style="width:{{length}}%"><div class="ku" style="width:{{kernelUsed}}%"></div><div class="kf" style="width:{{kernelFree}}%"></div><div class="mu" style="width:{{movableUsed}}%"></div><div class="mf" style="width:{{movableFree}}%"></div></div>
    """#

  static let table = #"""
    {{#tools}}<div class="tools" hidden>
    <label>Search <input type="search" autocomplete="off" data-tool="search"></label>
    <label>Verdict <select data-tool="verdict"><option value="">all</option>{{#verdicts}}<option>{{name}}</option>{{/verdicts}}</select></label>
    <label>Class <select data-tool="group"><option value="">all</option>{{#groups}}<option>{{name}}</option>{{/groups}}</select></label>
    <label>Sort by <select data-tool="sort"><option value="">worst first</option>{{#sorts}}<option value="{{index}}">{{name}}</option>{{/sorts}}</select></label>
    <span class="soft" role="status" data-tool="shown"></span></div>
    {{/tools}}<div class="scroll {{width}}" role="region" aria-label="{{caption}}" tabindex="0"><table class="{{kind}}" role="table">
    <caption>{{caption}}</caption>
    <thead role="rowgroup"><tr role="row">{{#columns}}<th scope="col" role="columnheader" class="{{kind}}">{{name}}</th>{{/columns}}</tr></thead>
    <tbody role="rowgroup">{{#rows}}<tr role="row" data-verdict="{{verdict}}" data-group="{{group}}">{{#cells}}{{#isHeader}}<th scope="row" role="rowheader"{{/isHeader}}{{^isHeader}}<td role="cell"{{/isHeader}} class="{{kind}}" data-label="{{label}}" data-key="{{key}}">{{#verdicts}}<span class="verdict {{.}}">{{.}}</span>{{/verdicts}}{{#plain}}{{.}}{{/plain}}{{#codes}}<code>{{.}}</code>{{/codes}}{{#bars}}<span class="bar" aria-hidden="true"><i style="width:{{.}}%"></i></span>{{/bars}}{{#stacks}}{{>stack}}{{/stacks}}{{#details}}<small>{{.}}</small>{{/details}}{{#isHeader}}</th>{{/isHeader}}{{^isHeader}}</td>{{/isHeader}}{{/cells}}</tr>
    {{/rows}}</tbody></table></div>

    """#
}
