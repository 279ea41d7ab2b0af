// The style sheet of a page: letters that can be read on a phone and in print, a dark screen where the reader has one. And its script, which
// says the values under the pointer, under a finger, or where the arrow keys have led. Neither asks for anything from anywhere.

import { darkRules, MONO, SANS } from './markup.ts';

export const pageStyle = `
:root{--paper:#fff;--ink:#1b1e23;--faint:#585e68;--rule:#d5d8dd;--panel:#f4f5f6}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 ${SANS}}
main{max-width:800px;margin:0 auto;padding:24px}
h1{font-size:26px;line-height:1.25;margin:0}
h2{font-size:17px;line-height:1.3;margin:36px 0 8px}
.settings,.unit{color:var(--faint);font-size:15px;margin:4px 0 0}
figure{position:relative;margin:36px 0 0}
figcaption{margin-bottom:10px}
figcaption b{font-size:17px;line-height:1.3}
svg{display:block;max-width:100%;height:auto;font-family:${SANS}}
svg[data-hover]{touch-action:pan-y;outline-offset:4px}
.scroll{overflow-x:auto}
.scroll>svg{max-width:none}
.narrow{display:none}
.cross{fill:none;stroke:var(--ink);stroke-width:1;pointer-events:none}
.tip{position:absolute;z-index:1;pointer-events:none;background:var(--panel);color:var(--ink);border:1px solid var(--rule);border-radius:4px;padding:6px 9px;font-size:14px;line-height:1.4;max-width:70%}
.tip>:first-child{font-weight:bold}
table{border-collapse:collapse;font-size:15px}
th,td{padding:5px 22px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
th:last-child,td:last-child{padding-right:0}
tr:last-child>td,tr:last-child>th[scope=row]{border-bottom:0}
thead th{border-bottom-color:var(--faint)}
.right{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
pre,code{font-family:${MONO};font-size:14px}
pre{margin:0;overflow-x:auto;line-height:1.45}
.command{background:var(--panel);padding:10px 12px;border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere}
.claims{list-style:none;margin:36px 0 0;padding:0}
.claims li{display:grid;grid-template-columns:24px 1fr auto;column-gap:4px;padding:3px 0}
.claims svg{margin-top:4px}
.claims .measured{font-weight:bold;padding-left:24px;text-align:right}
.claims .expected{grid-column:2/4;color:var(--faint)}
.notes{margin-top:32px;color:var(--faint);font-size:14px}
.notes p{margin:6px 0}
.made td,.made th{font-size:14px;font-weight:normal;overflow-wrap:anywhere}
@media screen and (max-width:640px){
main{padding:16px}
h1{font-size:22px}
.wide{display:none}
.narrow{display:block}
.claims li{grid-template-columns:24px 1fr}
.claims .measured,.claims .expected{grid-column:2;padding-left:0;text-align:left}
}
@media screen and (prefers-color-scheme:dark){
:root{--paper:#15181d;--ink:#e9ebee;--faint:#a7adb8;--rule:#343a44;--panel:#232830}
${darkRules}
}
@media print{
main{max-width:none;padding:0}
body{font-size:11pt}
figure,.claims li,tr{break-inside:avoid}
pre{white-space:pre-wrap}
.scroll{overflow:visible}
.scroll>svg{max-width:100%}
.tip,.cross{display:none}
}
`;

export const pageScript = `'use strict';
for (const svg of document.querySelectorAll('svg[data-hover]')) {
  const [left, top, width, height] = svg.dataset.area.split(' ').map(Number);
  const read = (name) => JSON.parse(svg.dataset[name]);
  const cells = svg.dataset.hover === 'cells';
  const points = cells ? [] : read('points');
  const [rows, columns, values] = cells ? [read('rows'), read('columns'), read('values')] : [[], [], []];
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.setAttribute('role', 'status');
  tip.hidden = true;
  const mark = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  mark.setAttribute('class', 'cross');
  svg.after(tip);
  svg.append(mark);
  svg.tabIndex = 0;
  let i = 0;
  let j = 0;
  const within = (k, count) => Math.max(0, Math.min(count - 1, k));
  const hide = () => {
    tip.hidden = true;
    mark.removeAttribute('width');
  };
  const show = () => {
    const count = cells ? columns.length : points.length;
    if (count === 0) return;
    i = within(i, count);
    j = within(j, rows.length);
    const w = cells ? width / columns.length : 0.01;
    const h = cells ? height / rows.length : height;
    const x = cells ? left + i * w : left + points[i][0] * width;
    const y = cells ? top + j * h : top;
    for (const [name, value] of Object.entries({ x, y, width: w, height: h })) mark.setAttribute(name, value);
    const says = cells ? [values[j][i] ?? '', rows[j], columns[i]] : points[i][1];
    tip.replaceChildren(
      ...says.map((text) => {
        const line = document.createElement('div');
        line.textContent = text;
        return line;
      }),
    );
    tip.hidden = false;
    const k = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const middle = (x + w / 2) * k;
    const room = svg.parentNode.clientWidth;
    const before = middle > room / 2;
    tip.style.left = before ? 'auto' : middle + 12 + 'px';
    tip.style.right = before ? room - middle + 12 + 'px' : 'auto';
    tip.style.top = (cells ? y * k : top * k) + 'px';
  };
  const follow = (event) => {
    const box = svg.getBoundingClientRect();
    const k = svg.viewBox.baseVal.width / box.width;
    const x = ((event.clientX - box.left) * k - left) / width;
    const y = ((event.clientY - box.top) * k - top) / height;
    if (x < -0.03 || x > 1.03 || y < -0.05 || y > 1.05) return hide();
    if (cells) {
      i = Math.floor(x * columns.length);
      j = Math.floor(y * rows.length);
    } else
      points.forEach(([at], index) => {
        if (index === 0 || Math.abs(at - x) < Math.abs(points[i][0] - x)) i = index;
      });
    show();
  };
  svg.addEventListener('pointermove', follow);
  svg.addEventListener('pointerdown', follow);
  svg.addEventListener('pointerleave', hide);
  svg.addEventListener('blur', hide);
  svg.addEventListener('keydown', ({ key }) => {
    const [di, dj] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
    if (key === 'Escape') return hide();
    if (di === 0 && dj === 0) return;
    if (!tip.hidden) {
      i += di;
      j += dj;
    }
    show();
  });
}
`;
