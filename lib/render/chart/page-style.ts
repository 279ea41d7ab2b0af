// The style sheet of a page: letters that can be read on a phone and in print, a dark screen where the reader has one.

import { darkRules, MONO, SANS } from './theme.ts';

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
