/** The style of the HTML report. Its policy allows this text and no other. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --back: #ffffff; --panel: #f4f5f7; --text: #1b1f24; --soft: #57606a; --line: #d0d7de; --link: #0550ae;
  --pass: #116329; --pass-back: #e6f6ea; --must: #a40e26; --must-back: #ffe9e9;
  --minor: #7a4d00; --minor-back: #fff4d6; --mark: #ffd866; --mark-text: #1b1f24;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0d1117; --panel: #161b22; --text: #e6edf3; --soft: #9aa5b1; --line: #3a424c; --link: #79b8ff;
    --pass: #6fdd8b; --pass-back: #12271a; --must: #ff9a93; --must-back: #3a1519;
    --minor: #f0c674; --minor-back: #332808; --mark: #f2cc60; --mark-text: #0d1117;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 3rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; overflow-wrap: anywhere; }
p { margin: .25rem 0; }
a { color: var(--link); }
.soft, footer { color: var(--soft); }
.incomplete { border-left: .3rem solid var(--must); background: var(--must-back); padding: .5rem .75rem; margin: 1rem 0; }
.sdks { list-style: none; padding: 0; margin: 1rem 0; display: flex; flex-wrap: wrap; gap: .5rem; }
.sdks li { flex: 1 1 14rem; border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .8rem;
  background: var(--panel); overflow-wrap: anywhere; }
.sdks b { display: block; }
caption { text-align: left; font-weight: bold; padding: 1rem .5rem .25rem; }
.legend { margin: 1rem 0 0; font-size: .875rem; grid-template-columns: 4.5rem minmax(0, 1fr); gap: .1rem .75rem; }
.overview { overflow-x: auto; margin-bottom: 1.5rem; }
.overview:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.overview td, .overview th { padding: .2rem .5rem; }
.overview tbody th { white-space: nowrap; }
.count { display: block; padding: .05rem .5rem; border-radius: .3rem; white-space: nowrap; }
.title { display: block; color: var(--soft); font-size: .875rem; }
.area { scroll-margin-top: 3rem; }
.many .area { scroll-margin-top: 13rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: middle; }
thead th { position: sticky; top: 0; background: var(--back); overflow-wrap: anywhere; z-index: 1; }
tbody th { font-weight: normal; overflow-wrap: anywhere; }
.area th { font-weight: bold; padding-top: 1.25rem; }
.level { color: var(--soft); font-size: .8rem; margin-left: .4rem; white-space: nowrap; }
button { font: inherit; color: inherit; cursor: pointer; border: 1px solid var(--line); border-radius: .4rem;
  background: var(--panel); padding: .15rem .6rem; min-height: 2rem; }
button:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
td button { width: 100%; min-width: 6rem; text-align: left; }
.pass { color: var(--pass); background: var(--pass-back); border-color: transparent; }
.must { color: var(--must); background: var(--must-back); border-color: currentColor; font-weight: 600; }
.minor { color: var(--minor); background: var(--minor-back); border-color: currentColor; }
.none { color: var(--soft); background: none; border-color: transparent; }
td button .sdk { display: none; }
.matrix thead th span { white-space: nowrap; }
.many td button { min-width: 0; padding: .15rem .35rem; }
.many thead th { vertical-align: bottom; }
.many thead th:not(:first-child) span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
.matrix.many th:first-child { width: 100%; }
.many td { padding: .2rem .25rem; }
.many .count { padding: .05rem .25rem; font-size: .875rem; }
[popover] { border: 1px solid var(--line); border-radius: .5rem; background: var(--back); color: var(--text);
  padding: 1rem 1.25rem 1.5rem; width: min(56rem, calc(100vw - 1.5rem)); max-height: calc(100vh - 2rem); overflow: auto; }
[popover]::backdrop { background: rgb(0 0 0 / .5); }
.bar { display: flex; gap: 1rem; justify-content: space-between; align-items: start; position: sticky; top: -1rem;
  background: var(--back); padding: 1rem 0 .5rem; margin-top: -1rem; }
blockquote { margin: .75rem 0; padding: .25rem .9rem; border-left: .25rem solid var(--line); overflow-wrap: anywhere; }
blockquote p { margin: 0; }
dl { margin: .5rem 0; display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .4rem .75rem; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; }
pre, code { font: .875rem/1.5 ui-monospace, monospace; }
pre { margin: 0; padding: .5rem .65rem; background: var(--panel); border-radius: .3rem; white-space: pre-wrap;
  overflow-wrap: anywhere; max-height: 24rem; overflow: auto; }
.command { user-select: all; }
mark { background: var(--mark); color: var(--mark-text); padding: .1rem 0 .25rem; box-shadow: 0 0 0 1px currentColor; border-radius: 1px; }
footer { margin-top: 2rem; font-size: .875rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .matrix thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .matrix, .matrix tbody, .matrix tr, .matrix th, .matrix td { display: block; }
  .matrix th, .matrix td { border: 0; padding: 0; }
  .matrix tbody tr { display: flex; flex-wrap: wrap; gap: .35rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .matrix tbody th { flex: 1 0 100%; }
  .matrix td { flex: 1 1 8rem; }
  td button .sdk { display: block; font-weight: normal; font-size: .8rem; color: var(--soft); overflow-wrap: anywhere; }
  dl { grid-template-columns: minmax(0, 1fr); }
}
@media print {
  :root { color-scheme: light; --back: #fff; --panel: #f4f5f7; --text: #000; --soft: #444; --line: #bbb; --link: #000;
    --pass: #116329; --pass-back: #fff; --must: #a40e26; --must-back: #fff; --minor: #7a4d00; --minor-back: #fff;
    --mark: #ffd866; --mark-text: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  thead { display: table-header-group; }
  thead th { position: static; }
  tr, blockquote, dd { break-inside: avoid; }
  .bar { position: static; break-after: avoid; }
  button { border: 0; padding: 0; min-height: 0; }
  .bar button { display: none; }
  .overview { overflow: visible; }
  [popover].finding { display: block; position: static; width: auto; max-height: none; overflow: visible; margin: 0;
    border: 0; border-top: 2px solid #000; border-radius: 0; padding: 1rem 0; }
  pre { max-height: none; overflow: visible; }
  mark { print-color-adjust: exact; }
}
`
