// Numbers from a CSV file, however it is written: read exactly, and the way it was read is said, or refused with the line and what to do.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readColumn } from '../../lib/cli/csv-column.ts';
import { InputError } from '../../lib/equations/input-error.ts';
import type { Column } from '../../lib/options/environment.ts';
import fc from '../fast-check.ts';
import { unroll } from './run-unroll.ts';

const folder = mkdtempSync(join(tmpdir(), 'unroll-csv-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;

/** A file of its own each time: what has been read once is kept by its name. */
async function read(text: string | Uint8Array, wanted?: string, count = 1000): Promise<Column> {
  const file = join(folder, `${files++}.csv`);
  writeFileSync(file, text);
  return readColumn(file, wanted, count);
}

async function refusal(text: string | Uint8Array, wanted?: string): Promise<string> {
  try {
    const { values } = await read(text, wanted);
    return `was read: ${values}`;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { says, got, fix } = error.problem;
    return [says, got, fix].join(' | ').replaceAll(folder, '');
  }
}

describe('a CSV file is read', () => {
  const ways: readonly (readonly [
    says: string,
    text: string,
    wanted: string | undefined,
    values: number[],
    note?: RegExp,
  ])[] = [
    ['commas', 'a,Y\nx,1.5\ny,-2e3\n', undefined, [1.5, -2000]],
    [
      'semicolons and decimal commas',
      'a;Y\nx;1,5\ny;-2,25\n',
      undefined,
      [1.5, -2.25],
      /^Read with `;` as the separator and `,` as the decimal mark\.$/,
    ],
    ['a byte order mark before them', '\ufeffY;a\n1,5;x\n2;y\n', 'Y', [1.5, 2], /`;`.*`,`/],
    ['semicolons and decimal points', 'a;Y\nx;1.5\ny;2.5\n', undefined, [1.5, 2.5], /`;`.*`\.` as the decimal mark/],
    ['tabs', 'a\tY\nx\t1,5\ny\t2,5\n', undefined, [1.5, 2.5], /^Read with tabs as the separator and `,`/],
    ['bars', 'a|Y\nx|1.5\ny|2.5\n', undefined, [1.5, 2.5], /`\|`/],
    ['a separator that is named', 'sep=;\r\nY\r\n1,5\r\n2,5\r\n', undefined, [1.5, 2.5], /`;`/],
    ['decimal commas in quotes', 'a,Y\nx,"1,5"\ny,"2,75"\n', undefined, [1.5, 2.75], /`,` as the separator and `,` as/],
    ['three decimals, where another cell shows what the comma is', 'Y;b\n1,234;0,5\n2,345;0,25\n', 'Y', [1.234, 2.345]],
    ['a leading zero, which no thousand has', 'Y;b\n0,125;x\n0,250;y\n', undefined, [0.125, 0.25]],
    ['carriage returns alone', 'Y\r1\r2\r', undefined, [1, 2]],
    ['blank lines before and behind', '\n\nY\n1\n2\n\n\n', undefined, [1, 2]],
    ['no heading', '0.5\n0.25\n', undefined, [0.5, 0.25], /has no heading: its first line is read as data/],
    ['no heading, beside dates', '2020-01-01,5\n2020-01-02,6\n', undefined, [5, 6], /no heading/],
    ['no heading, by number', '1,2\n3,4\n', '2', [2, 4], /no heading/],
    [
      'a heading of numbers, where one is asked for by name',
      '1990,1991\n5,6\n',
      '1991',
      [6],
      /the column is called 1991/,
    ],
    ['a column by its number', 'a,a\n1,2\n3,4\n', '2', [2, 4]],
    ['a name before a number', '2,b\n1,5\n', '2', [1]],
    ['dates of eight digits are no column of numbers', 'day,Y\n20240131,5\n20240201,6\n', undefined, [5, 6]],
  ];
  for (const [says, text, wanted, values, note] of ways)
    it(says, async () => {
      const column = await read(text, wanted);
      assert.deepEqual(column.values, values);
      if (note !== undefined)
        assert.ok(
          column.notes.some((one) => note.test(one)),
          column.notes.join('\n'),
        );
    });

  it('without a note where there is nothing to say', async () => {
    assert.deepEqual((await read('a,Y\nx,1.5\ny,2\n')).notes, []);
  });

  it('says that whole numbers beyond 2^53 are rounded, and of which', async () => {
    const { values, notes } = await read('id\n9007199254740993\n9007199254740992\n5\n');
    assert.deepEqual(values, [9007199254740992, 9007199254740992, 5]);
    assert.match(
      notes.join(),
      /^1 whole number beyond 2\^53 is rounded .*9007199254740993 is read as 9007199254740992\.$/,
    );
  });

  it('as far as is asked for, and says that there is more', async () => {
    const { values, more } = await read('Y\n1\n2\n3\n4\n', undefined, 2);
    assert.deepEqual([values, more], [[1, 2], true]);
    assert.equal((await read('Y\n1\n2\n\n', undefined, 2)).more, false);
  });
});

describe('a CSV file is refused', () => {
  const wrong: readonly (readonly [
    says: string,
    text: string | Uint8Array,
    wanted: string | undefined,
    says: RegExp,
  ])[] = [
    [
      'a row longer than the heading',
      'X,Y\n0,0,1305\n1,0,2588\n',
      'Y',
      /Line 2 of \S+ has 3 cells, but the first line has 2\..*separate the cells with `;`/,
    ],
    ['a row shorter than the heading', 'X,Y\n1,2\n3\n', 'X', /Line 3 of \S+ has 1 cell, but the first line has 2/],
    ['one column with decimal commas', 'Y\n1,5\n2,5\n', undefined, /Line 2 .* 2 cells.*sep=;/],
    ['a comment above', '# made today\na,Y\n1,2\n', 'Y', /remove line 1, which looks like a comment/],
    ['a comment between', 'Y\n1\n# pause\n2\n', undefined, /no valid number in line 3: # pause looks like a comment/],
    ['an empty line between', 'Y\n1\n\n3\n', undefined, /line 3 is empty/],
    ['a name that two columns have', 'a,b,a\n1,2,3\n', 'a', /has 2 columns named `a`: 1, 3\. .*--column 1/],
    ['a number that may be a name', '1,0\n5,6\n', '1', /^was read: 1,5$/],
    [
      'a name that may be a number',
      '0,1\n5,6\n',
      '1',
      /`1` is both a cell of the first line .* and the number of another/,
    ],
    ['what may be a thousand', 'a;Y\nx;1,234\ny;2,345\n', undefined, /1,234 in line 2 could mean 1\.234 or 1234/],
    [
      'points that may part thousands',
      'a;Y\n1,5;1.234\n2,5;2.345\n',
      'Y',
      /1\.234 in line 2 could mean 1\.234 or 1234/,
    ],
    ['thousands separators', 'Y\n"1,234,567"\n', 'Y', /1,234,567 has thousands separators/],
    ['both decimal marks', 'Y;b\n1,5;x\n2.5;y\n', 'Y', /2\.5 has a decimal point where others have a comma/],
    ['two separators that both fit', 'a;b,c\n1;x,3\n', undefined, /both `,` and `;` could be its separator.*sep=,/],
    ['an empty cell', 'a,Y\n1,2\n3,\n', 'Y', /no valid number in line 3: the cell is empty.*fill the gap/],
    ['NA', 'Y\n1\nNA\n', undefined, /NA stands for a missing or infinite value/],
    ['a date', 'day,Y\n2020-01-01,x\n', 'day', /2020-01-01 is a date or a time/],
    ['another minus sign', 'Y\n−1\n', 'Y', /−1 has a minus sign other than -/],
    ['a unit', 'Y\n5 %\n', 'Y', /5 % has other characters besides the number/],
    ['hexadecimal', 'Y\n0x10\n', 'Y', /0x10 /],
    ['more than a double holds', 'Y\n1e400\n', 'Y', /1e400 is beyond the range of a double/],
    ['less than a double holds', 'Y\n1\n-1e-400\n', 'Y', /-1e-400 is beyond the range of a double/],
    [
      'UTF-16',
      new Uint8Array([0xff, 0xfe, 0x59, 0, 0x0a, 0, 0x31, 0, 0x0a, 0]),
      undefined,
      /not text in UTF-8.*UTF-16.*iconv -f UTF-16 /,
    ],
    ['UTF-16 without a mark', new Uint8Array([0, 0x59, 0, 0x0a, 0, 0x31, 0, 0x0a]), undefined, /iconv -f UTF-16BE /],
    [
      'Latin-1',
      new Uint8Array([0x59, 0x0a, 0xe9, 0x0a]),
      undefined,
      /byte 0xe9 in line 2: `é`.*iconv -f WINDOWS-1252 /,
    ],
    ['blanks between the cells', 'a b\n1 2\n3 4\n', undefined, /instead of spaces/],
    ['two columns of numbers', 'a,"b c"\n1,2\n', undefined, /2 columns of numbers.*--column "a"/],
  ];
  for (const [says, text, wanted, expected] of wrong)
    it(says, async () => assert.match(await refusal(text, wanted), expected));

  it('and what the message says to do helps', async () => {
    assert.deepEqual((await read('sep=;\nY\n1,5\n2,5\n')).values, [1.5, 2.5]);
    assert.deepEqual((await read('a,b,a\n1,2,3\n', '3')).values, [3]);
    assert.deepEqual((await read('sep=,\na;b,c\n1;x,3\n')).values, [3]);
    assert.deepEqual((await read('a,"b c"\n1,2\n', 'b c')).values, [2]);
  });
});

describe('a table of random numbers', () => {
  const ways = fc.record({
    separator: fc.constantFrom(',', ';', '\t', '|'),
    mark: fc.constantFrom('.', ','),
    eol: fc.constantFrom('\n', '\r\n', '\r'),
    bom: fc.boolean(),
    named: fc.boolean(),
    headed: fc.boolean(),
    label: fc.boolean(),
    quotes: fc.constantFrom('none', 'all', 'some'),
    last: fc.boolean(),
  });
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  const numbers = fc.oneof(
    finite,
    fc.integer().map((n) => n / 1000),
    fc.integer({ min: -2000, max: 2000 }),
  );
  const tables = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 8 }))
    .chain(([width, height]) =>
      fc.array(fc.array(numbers, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
    );
  const styles = fc.constantFrom(
    (v: number) => String(v),
    (v: number) => v.toExponential(),
    (v: number) => (v >= 0 ? `+${v}` : String(v)).replace('e', 'E'),
  );

  it('is read back exactly, whatever separates and marks it, or refused', async () => {
    let exact = 0;
    await fc.assert(
      fc.asyncProperty(tables, ways, styles, fc.nat(), async (table, how, style, pick) => {
        const { separator, mark, eol } = how;
        const bare = how.quotes === 'none';
        // Nothing in such a file tells a decimal comma from one between two whole numbers.
        const unsaid = separator === ',' || (table[0]!.length === 1 && !how.named);
        fc.pre(!(bare && mark === ',' && !how.headed && unsaid));
        const cell = (text: string, i: number): string =>
          how.quotes === 'all' || (!bare && (i % 2 === 0 || text.includes(separator))) ? `"${text}"` : text;
        const written = table.map((row) => row.map((v) => style(Object.is(v, -0) ? 0 : v).replace('.', mark)));
        const label = how.label && how.headed ? ['label'] : [];
        const heading = how.headed ? [[...label, ...table[0]!.map((_, i) => `c${i + 1}`)]] : [];
        const rows = [
          ...heading,
          ...written.map((row, i) => [...label.map(() => (bare ? `w${i}` : `w;,${i}`)), ...row]),
        ];
        const lines = rows.map((row) => row.map(cell).join(separator));
        const text = `${how.bom ? '\ufeff' : ''}${how.named ? `sep=${separator}${eol}` : ''}${lines.join(eol)}${how.last ? eol : ''}`;
        const at = pick % table[0]!.length;
        const wanted = how.headed ? `c${at + 1}` : String(at + 1);
        const expected = table.map((row) => row[at]! + 0);
        let values: readonly number[];
        try {
          values = (await read(text, wanted)).values;
        } catch (error) {
          assert.ok(error instanceof InputError, String(error));
          assert.ok(mark === ',' || !how.headed, `${JSON.stringify(text)} ${error.problem.says}`);
          return;
        }
        exact++;
        assert.deepEqual(values, expected, JSON.stringify(text));
      }),
      { numRuns: 1000 },
    );
    assert.ok(exact > 500, `${exact} of 1000 were read`);
  });
});

describe('any text', () => {
  it('is read as finite numbers, or refused as the user’s', async () => {
    const piece = fc.oneof(
      fc.constantFrom(',', ';', '|', '\t', '\n', '\r\n', '\r', '"', '""', '#', 'sep=', '\ufeff', '-', '.', '1e', ' '),
      fc.constantFrom(
        'a',
        'Y',
        'NaN',
        '1',
        '0',
        '2020-01-01',
        '1,5',
        '1.234',
        '1e999',
        '9007199254740993',
        '−3',
        '0x1f',
      ),
      fc.string({ maxLength: 3, unit: 'binary' }),
    );
    const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.option(fc.constantFrom('a', 'Y', '1', '2', '-'), { nil: undefined }),
        async (text, wanted) => {
          try {
            const { values } = await read(text, wanted);
            assert.ok(values.length > 0 && values.every(Number.isFinite));
          } catch (error) {
            assert.ok(error instanceof InputError, String(error));
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('a text in another encoding', () => {
  const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))));
  for (const [says, text, expected] of [
    [
      'Latin-1',
      bytes('a\nb', 0xe9, ' c'),
      /byte 0xe9 in line 2: `é` in WINDOWS-1252[\s\S]*iconv -f WINDOWS-1252 -t UTF-8\s+x\.txt/,
    ],
    ['Latin-1 with control bytes', bytes('a', 0xe9, 'b', 0x81), /byte 0xe9 in line 1: `é` in ISO-8859-1/],
    ['Windows-1252', bytes('it', 0x92, 's'), /byte 0x92 in line 1\n[\s\S]*iconv -f WINDOWS-1252/],
    [
      'half a surrogate pair',
      bytes('a', 0xed, 0xa0, 0x80),
      /byte 0xed in line 1, which is not valid UTF-8[\s\S]*iconv\s+-c\s+-f\s+UTF-8/,
    ],
    ['UTF-8 with one wrong byte', bytes('café ', 0xff), /byte 0xff in line 1, which is not valid UTF-8/],
    ['UTF-16', bytes(0xfe, 0xff, 0, 'a', 0, 'b'), /text in UTF-16[\s\S]*iconv -f UTF-16 /],
    ['no encoding', bytes('a', 0, 'b'), /binary file/],
  ] as const)
    it(`is named: ${says}`, () => {
      const { code, err } = unroll(['states', '--file', 'x.txt'], { files: { 'x.txt': text } });
      assert.equal(code, 2);
      assert.match(err, expected);
    });
});

describe('what was not read', () => {
  it('is said on standard error with --quiet, and where the format has no notes', () => {
    const setting = { files: { 'x.csv': `Y\n${'1\n2\n'.repeat(200)}`, 'x.txt': 'ab'.repeat(200) } };
    for (const [args, says] of [
      [['states', '--csv', 'x.csv', '--quiet'], /^Only the first 200 rows of x\.csv: --steps reads more\.$/m],
      [['states', '--csv', 'x.csv', '--format', 'csv'], /^Only the first 200 rows/m],
      [['states', '--file', 'x.txt', '--quiet'], /^Only the first 200 characters: --steps reads more\.$/m],
      [
        ['compare', 'states rnn --file x.txt', 'states lstm --file x.txt', '--quiet'],
        /^Only the first 200 characters/m,
      ],
    ] as const) {
      const { code, err } = unroll(args, setting);
      assert.equal(code, 0, err);
      assert.match(err, says);
    }
  });

  it('is no ground for a verdict on all of it', () => {
    const files = { 'x.txt': `${'a'.repeat(5_000_000)}b` };
    const trained = unroll(['train', 'text', 'rnn', '--file', 'x.txt', '--updates', '1'], { files });
    assert.equal(trained.code, 2);
    assert.match(trained.err, /Only the first 4 MB of x\.txt are read\. In them the text holds one character\s+only/);
    const changed = unroll(['states', 'rnn', '--file', 'x.txt', '--perturb', '1'], { files });
    assert.equal(changed.code, 2);
    assert.match(changed.err, /only one distinct character in the first 200 characters of the\s+text[\s\S]*--steps/);
  });
});

describe('--steps beyond the data', () => {
  const files = { 'x.csv': 'Y\n1\n2\n3\n', 'x.txt': 'abc' };
  for (const args of [
    ['states', '--text', 'abc'],
    ['gates', '--file', 'x.txt'],
    ['gradients', '--csv', 'x.csv'],
    ['truncation', '--text', 'abc'],
  ])
    it(`is refused: unroll ${args.join(' ')}`, () => {
      const { code, err } = unroll([...args, '--steps', '9'], { files });
      assert.equal(code, 2);
      assert.match(err, /--steps 9 is too large: (the text|x\.txt|x\.csv) has 3 (characters|rows)/);
    });

  it('repeats the built-in text, and says so', () => {
    const { code, out } = unroll(['states', 'rnn', '--perturb', '1', '--steps', '200']);
    assert.equal(code, 0);
    assert.match(out, /The built-in text has 21 characters: it is repeated to 200\./);
    assert.match(out, /t=200/);
    const { out: plain } = unroll(['states', 'rnn', '--perturb', '1']);
    assert.doesNotMatch(plain, /repeated/);
  });
});

describe('a series of any size', () => {
  const sine = (of: (value: number) => string): string =>
    `Y\n${Array.from({ length: 60 }, (_, t) => of(Math.sin(t / 2))).join('\n')}\n`;
  const json = (args: readonly string[], text: string): string => {
    const { code, out, err } = unroll([...args, '--csv', 'x.csv', '--format', 'json'], { files: { 'x.csv': text } });
    assert.equal(code, 0, err);
    return JSON.stringify(JSON.parse(out).figures);
  };

  for (const args of [
    ['states', 'rnn'],
    ['gradients', 'rnn', '--seeds', '1'],
  ])
    it(`gives what the same series gives in other units: unroll ${args.join(' ')}`, () => {
      const figures = [-1060, -1000, 0, 1000].map((e) =>
        json(
          args,
          sine((v) => String(Math.round(v * 64) * 2 ** e)),
        ),
      );
      const numbers = figures.map((figure) => figure.replace(/"names":\[[^\]]*\]/g, ''));
      for (const other of numbers) assert.equal(other, numbers[0]);
    });

  it('leaves no error that is not finite, and says in what it is measured', () => {
    for (const text of [
      sine((v) => String(v < 0 ? -Number.MAX_VALUE : Number.MAX_VALUE)),
      sine((v) => (v < 0 ? '0' : '5e-324')),
    ])
      for (const args of [
        ['train', 'series', 'rnn', '--updates', '3'],
        ['exposure', 'rnn', '--updates', '3', '--seeds', '1'],
      ]) {
        const { code, out } = unroll([...args, '--csv', 'x.csv'], { files: { 'x.csv': text } });
        assert.equal(code, 0);
        assert.match(out, /Errors are in standard deviations of Y/);
        assert.doesNotMatch(out, /\b(inf|NaN)\b/);
      }
  });

  it('that is constant, or varies in its last digits alone, is said to', () => {
    for (const [text, says] of [
      ['Y\n0.1\n0.1\n0.1\n', /Y is constant: every value is 0\.1, standardised to 0\./],
      [
        sine((v) => String(1e12 + Math.round(v * 64) / 1024)),
        /The standard deviation of Y is \de-14 times its largest value/,
      ],
    ] as const) {
      const { code, out } = unroll(['states', 'rnn', '--csv', 'x.csv', '--width', '200'], { files: { 'x.csv': text } });
      assert.equal(code, 0);
      assert.match(out, says);
    }
  });

  it('with a held-out part beyond all bounds is refused', () => {
    const { code, err } = unroll(['train', 'series', 'rnn', '--csv', 'x.csv'], {
      files: { 'x.csv': `Y\n${'1\n2\n'.repeat(20)}${'1e300\n'.repeat(10)}` },
    });
    assert.equal(code, 2);
    assert.match(err, /Number 41, 1e\+300, is too far from the training part/);
  });
});
