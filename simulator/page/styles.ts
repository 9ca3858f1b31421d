import { Html } from "./html.ts";

export const styles = new Html(`
:root { color-scheme: light dark; --accent: light-dark(#0b6e4f, #5fd3a4);
  --on-accent: light-dark(#fff, #05251a); --ground: light-dark(#f3f6f4, #111714);
  --card: light-dark(#fff, #1a221e); --line: light-dark(#d3dcd7, #34413a);
  --text: light-dark(#16201b, #e7eeea); --soft: light-dark(#52615a, #a3b3aa);
  --bad: light-dark(#a02828, #ff9c92); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; display: grid; gap: 1.25rem; }
h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 0 0 .75rem; font-size: 1.15rem; }
p { margin: 0 0 .75rem; } .soft { color: var(--soft); font-size: .9rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: 1.25rem; min-width: 0; }
.result { border-inline-start: .3rem solid var(--accent); }
.result.bad { border-color: var(--bad); }
form { display: grid; gap: 1rem; }
.row { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); }
.choices { display: grid; gap: .35rem .75rem;
  grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); }
fieldset { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; margin: 0;
  min-width: 0; }
legend { font-weight: 600; padding: 0 .35rem; }
label.field { display: grid; gap: .25rem; font-weight: 600; }
.choices label { display: flex; gap: .5rem; align-items: baseline; }
input, select, textarea { font: inherit; font-weight: 400; color: inherit; width: 100%;
  background: var(--ground); border: 1px solid var(--line); border-radius: .4rem;
  padding: .5rem .6rem; }
input[type=radio] { width: auto; accent-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button { font: inherit; font-weight: 600; padding: .6rem 1.4rem; border-radius: .5rem;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent);
  cursor: pointer; justify-self: start; }
button.plain { background: none; color: var(--accent); }
form.inline { display: inline-flex; gap: .35rem; }
button.plain { padding: .35rem .8rem; }
.chats, .messages { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
.chats li { display: flex; justify-content: space-between; align-items: center; gap: 1rem;
  border-bottom: 1px solid var(--line); padding-bottom: .75rem; }
.chats span, .words { overflow-wrap: anywhere; } .unread { color: var(--accent); }
.messages { margin-bottom: 1rem; }
.messages li { max-width: 80%; border: 1px solid var(--line); border-radius: .75rem;
  padding: .6rem .9rem; justify-self: start; }
.messages li.customer { justify-self: end; background: var(--ground); }
.messages p { margin: 0; } .words { white-space: pre-wrap; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-top: .35rem; }
blockquote { margin: 0; padding-inline-start: .75rem; border-inline-start: 3px solid var(--line);
  color: var(--soft); }
.scroll { overflow-x: auto; margin-bottom: 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: start; padding: .4rem .6rem; border-bottom: 1px solid var(--line);
  white-space: nowrap; }
td { font-variant-numeric: tabular-nums; } a { color: var(--accent); }
`);
