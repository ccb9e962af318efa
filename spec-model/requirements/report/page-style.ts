/** How the page of the requirements looks, by day and by night. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #22262b; --soft: #6b7280; --line: #e3e0d8; --card: #fff;
  --tested: #2f7d4f; --implemented: #b7791f; --open: #b83a3a; --untestable: #9aa1ab; --link: #2457a6; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181c; --ink: #e4e6ea; --soft: #98a0ab; --line: #2d3138;
  --card: #1d2025; --tested: #5cb883; --implemented: #d9a441; --open: #e06c6c; --untestable: #6b727d; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 2.5rem 1.25rem 6rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.9rem; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 1.3rem; margin: 3rem 0 0; }
p { margin: .3rem 0; }
header p, section > p, .small { color: var(--soft); }
header .sum { color: var(--ink); font-weight: 600; font-size: 1.1rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
nav { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: .75rem; margin: 1.5rem 0; }
nav a { display: grid; gap: .1rem; background: var(--card); color: inherit;
  border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .85rem; }
nav a:hover { border-color: var(--link); text-decoration: none; }
nav b { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
nav span { color: var(--soft); font-size: .9rem; }
nav u { display: flex; gap: 2px; height: .4rem; margin-top: .35rem; }
nav i { border-radius: .2rem; }
i.tested { background: var(--tested); } i.implemented { background: var(--implemented); }
i.open { background: var(--open); } i.untestable { background: var(--line); }
form { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .75rem; align-items: end;
  background: var(--paper); border-bottom: 1px solid var(--line); padding: .75rem 0; }
label { flex: 1 1 8rem; max-width: 13rem; display: grid; gap: .15rem; font-size: .8rem; color: var(--soft); }
select, input { width: 100%; height: 2.1rem; font: inherit; font-size: .95rem; color: var(--ink); background: var(--card);
  border: 1px solid var(--line); border-radius: .4rem; padding: .3rem .5rem; }
output { color: var(--soft); margin-left: auto; white-space: nowrap; padding-bottom: .3rem; }
article { display: grid; grid-template-columns: 4.5rem 8.5rem 1fr 10.5rem; gap: 1rem; align-items: baseline;
  border-bottom: 1px solid var(--line); padding: .6rem 0; scroll-margin-top: 5rem; }
article:target { background: color-mix(in srgb, var(--link) 10%, transparent); }
article p { margin: 0; }
.place, .level, .small { font-variant-numeric: tabular-nums; }
.level { font-size: .8rem; letter-spacing: .03em; color: var(--soft); padding-top: .15rem; }
.small, details { font-size: .82rem; }
.small a { color: inherit; }
.status { text-align: right; font-size: .85rem; font-weight: 600; }
.tested .status { color: var(--tested); } .implemented .status { color: var(--implemented); }
.open .status { color: var(--open); } .untestable .status { color: var(--untestable); }
summary { cursor: pointer; color: var(--soft); }
ul { margin: .3rem 0 .3rem; padding-left: 1.1rem; }
li.rule { list-style-type: "⚖ "; } li.test { list-style-type: "✓ "; }
[hidden] { display: none; }
@media (max-width: 50rem) { article { grid-template-columns: 3.5rem 1fr; }
  article > div { grid-column: 1 / -1; } .status { grid-column: 1 / -1; text-align: left; } }
@media print { form { display: none; } details { display: block; } }
`;
