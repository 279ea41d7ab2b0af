// The script of a page: says the values under the pointer, under a finger, or where the arrow keys have led. It asks for nothing from anywhere.

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
