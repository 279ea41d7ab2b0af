// A page is read by a parser of HTML that reports every fault, and may hold nothing that loads, runs or was not escaped.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it, test } from 'node:test';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { html } from '../../../lib/render/chart/result-page.ts';
import type { Result } from '../../../lib/render/result.ts';
import fc from '../../fast-check.ts';
import * as any from '../arbitrary.ts';
import { gates, gradients, loss, reach, resultOf, unrolled, vanishing } from '../samples.ts';
import { namedBy } from './hostile.ts';

type Element = DefaultTreeAdapterTypes.Element;

/** Throws at the first fault of the markup. */
function read(text: string): Element[] {
  const elements: Element[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(
    parse(text, {
      onParseError: ({ code, startLine, startCol }) => {
        throw new Error(`${code} at ${startLine}:${startCol}`);
      },
    }),
  );
  return elements;
}

const attribute = ({ attrs }: Element, name: string): string | undefined => attrs.find((a) => a.name === name)?.value;
const named = (elements: readonly Element[], name: string): Element[] => elements.filter((e) => e.tagName === name);
function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
const page = (...figures: Result['figures']): Element[] => read(html(resultOf(...figures)));

/** All that a page is made of; none of it fetches anything. */
const harmless = new Set(
  [
    'html head meta title style body main h1 h2 p b figure figcaption div ul li span pre code script',
    'table caption thead tbody tr th td svg g path line rect circle text tspan',
  ]
    .join(' ')
    .split(' '),
);

test('is sound, fetches nothing and runs nothing but its own script, whatever the Result is made of', () => {
  fc.assert(
    fc.property(any.result, (result) => {
      const elements = read(html(result));
      for (const element of elements) {
        assert.ok(harmless.has(element.tagName), element.tagName);
        for (const { name, value } of element.attrs) {
          assert.doesNotMatch(name, /^(on.*|href|src|srcset|style|action|data|poster|background)$/);
          if (element.tagName === 'path') assert.doesNotMatch(value, /NaN|Infinity/);
        }
      }
      assert.equal(named(elements, 'script').length, 1);
    }),
    { numRuns: 50 },
  );
});

describe('text from outside', () => {
  for (const name of [
    '<script>alert(1)</script>',
    '</title></style></script>',
    '" onload="x',
    "' --> <!--",
    ']]>',
    '&lt;',
  ])
    it(`is text: ${name}`, () => {
      const elements = read(html(namedBy(name)));
      assert.equal(named(elements, 'script').length, 1);
      assert.equal(textOf(named(elements, 'h1')[0]!), name);
      assert.equal(textOf(named(elements, 'title')[0]!), name);
      assert.ok(named(elements, 'td').some((cell) => textOf(cell) === name));
      assert.ok(named(elements, 'text').filter((text) => textOf(text) === name).length > 4);
      const points = named(elements, 'svg')
        .map((svg) => attribute(svg, 'data-points'))
        .find((value) => value !== undefined)!;
      assert.equal((JSON.parse(points) as [number, string[]][])[0]?.[1][1], `${name}: 1`);
    });

  it('has its control characters shown', () => {
    const text = html(namedBy('a\u0000\u001b[2J'));
    assert.ok(text.includes('a␀␛[2J'));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});

describe('a page', () => {
  it('allows by its policy the script and the style that it holds, and nothing else', () => {
    const elements = page(gradients);
    const policy = attribute(named(elements, 'meta')[1]!, 'content') ?? '';
    const hash = (name: string): string =>
      `'sha256-${createHash('sha256')
        .update(textOf(named(elements, name)[0]!))
        .digest('base64')}'`;
    assert.equal(
      policy,
      `default-src 'none'; script-src ${hash('script')}; style-src ${hash('style')}; base-uri 'none'; form-action 'none'`,
    );
  });

  it('names no address but those of standards', () => {
    const addresses = html(vanishing).match(/https?:[^"'\s<]*/g) ?? [];
    assert.deepEqual([...new Set(addresses)], ['http://www.w3.org/2000/svg']);
  });

  it('says the values of curves under the pointer, over the place where they are drawn', () => {
    for (const svg of named(page(loss), 'svg')) {
      const points = JSON.parse(attribute(svg, 'data-points')!) as [number, string[]][];
      assert.equal(points.length, 400);
      assert.deepEqual(points[0]?.[1][0], 'training step 0');
      assert.match(points[0]?.[1][1] ?? '', /^lstm: 2\.6 \(2\.3 to 3\)$/);
      assert.deepEqual([points[0]?.[0], points.at(-1)?.[0]], [0, 1]);
      const [left = 0, top = 0, width = 0, height = 0] = attribute(svg, 'data-area')!.split(' ').map(Number);
      assert.ok(left + width <= Number(attribute(svg, 'width')) && top + height <= Number(attribute(svg, 'height')));
    }
  });

  it('says the values of maps under the pointer', () => {
    const svg = named(page(gates), 'svg')[0]!;
    const list = (name: string): unknown[] => JSON.parse(attribute(svg, name)!) as unknown[];
    assert.deepEqual(list('data-rows'), gates.rows.names);
    assert.deepEqual(list('data-columns').slice(2, 5), ['step 3, e', 'step 4, a space', 'step 5, b']);
    const values = list('data-values') as string[][];
    assert.equal(values.length, 4);
    assert.equal(Number(values[1]![3]), Number(gates.values[1]![3]!.toPrecision(4)));
  });

  it('draws curves and maps twice, for a wide screen and for a telephone, and a diagram once', () => {
    const classes = (...figures: Result['figures']): (string | undefined)[] =>
      named(page(...figures), 'svg').map((svg) => attribute(svg, 'class'));
    assert.deepEqual(classes(gradients), ['wide', 'narrow']);
    assert.deepEqual(classes(unrolled(3, ['h'])), [undefined]);
    for (const svg of named(page(gradients, gates), 'svg').filter((each) => attribute(each, 'class') === 'narrow'))
      assert.equal(attribute(svg, 'width'), '340');
  });

  it('has tables as tables, with every cell', () => {
    const elements = page(reach);
    assert.deepEqual(
      named(elements, 'th')
        .filter((th) => attribute(th, 'scope') === 'col')
        .map(textOf),
      reach.columns.map(({ title }) => title),
    );
    assert.ok(named(elements, 'td').some((cell) => textOf(cell) === '22 steps'));
    assert.match(html(resultOf({ ...reach, rows: [] })), /No rows\./);
    assert.match(html(resultOf({ ...reach, columns: [], rows: [] })), /no columns/);
  });

  it('has the claims with their numbers, the notes, the options, the command and what is next', () => {
    const text = textOf(named(read(html(vanishing, { command: 'unroll gradients --steps 64 --seed 1' })), 'main')[0]!);
    for (const part of [
      "the rnn's gradient at t=1",
      '4.1e-9',
      '19 of 20',
      'expected at least 20',
      'Every cell was initialised',
      'unroll gradients --steps 64 --seed 1',
      'unroll gradients rnn lstm --forget-bias 0',
    ])
      assert.ok(text.includes(part), part);
    const labels = named(read(html(vanishing)), 'svg').map((svg) => attribute(svg, 'aria-label'));
    assert.ok(labels.includes('holds') && labels.includes('does not hold'));
  });

  it('has no notes with --quiet, and is the same every time', () => {
    assert.doesNotMatch(html(vanishing, { quiet: true }), /Every cell was initialised|How it was made/);
    assert.equal(html(vanishing), html(vanishing));
  });
});
