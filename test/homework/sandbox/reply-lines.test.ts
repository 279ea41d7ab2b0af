import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { looksLikeReply, readLine, written } from '../../../lib/homework/sandbox/reply-lines.ts';
import { Foreign, type Value } from '../../../lib/homework/value.ts';
import fc from '../../fast-check.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const id = 'c0ffee';
const read = (text: string) => readLine(bytes(text), id, new Set(['before']));
const bodyOf = (text: string): unknown => {
  const line = read(text);
  assert.equal(line.kind, 'said', text);
  return line.kind === 'said' ? line.body : undefined;
};
const codeOf = (text: string): string => {
  const line = read(text);
  return line.kind === 'violation' ? line.code : line.kind;
};

describe('a line of a submission', () => {
  it('is a reply when it has the id of the question and one word more', () => {
    assert.deepEqual(bodyOf('{"id":"c0ffee","value":[1,{"c":[2]}]}'), [1, { c: [2] }]);
  });

  it('is a violation with any other id, and one told apart when that question has been answered', () => {
    assert.equal(codeOf('{"id":"c0ffef","value":1}'), 'wrong-id');
    assert.equal(codeOf('{"id":"before","value":1}'), 'second-reply');
    assert.equal(readLine(bytes('{"id":"x","value":1}'), undefined, new Set()).kind, 'violation');
  });

  it('is malformed when it is anything else', () => {
    const wrong = [
      '',
      'null',
      '[]',
      '"id"',
      '{}',
      '{"id":"c0ffee"}',
      '{"value":1}',
      '{"id":"c0ffee","value":1,"more":2}',
      '{"id":7,"value":1}',
      '{"id":["c0ffee"],"value":1}',
      '{"id":"c0ffee","value":1}{"id":"c0ffee","value":1}',
      '{"id":"c0ffee","value":',
      'hello',
    ];
    for (const text of wrong) assert.equal(codeOf(text), 'malformed', text);
    assert.deepEqual(readLine(Uint8Array.of(0xff, 0xfe), id, new Set()), { kind: 'violation', code: 'malformed' });
  });

  it('reads the numbers that JSON has no word for, tagged or bare, and leaves words alone', () => {
    const body = bodyOf(
      '{"id":"c0ffee","value":[{"$number":"NaN"},{"$number":"-Infinity"},-0.0,NaN,-Infinity,Infinity,"NaN","a \\"NaN\\" b"]}',
    );
    assert.deepEqual(body, [NaN, -Infinity, -0, NaN, -Infinity, Infinity, 'NaN', 'a "NaN" b']);
    assert.ok(Object.is((body as number[])[2], -0));
  });

  it('names what is no value: undefined, a function, a nest too deep', () => {
    assert.deepEqual(bodyOf('{"id":"c0ffee","value":[{"$other":"undefined"},{"$other":"a function"}]}'), [
      undefined,
      new Foreign('a function'),
    ]);
    const nest = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    assert.ok(JSON.stringify(bodyOf(`{"id":"c0ffee","value":${nest}}`)).includes('nested too deep'));
  });

  it('makes own properties of whatever names it brings', () => {
    const body = bodyOf('{"id":"c0ffee","value":{"__proto__":{"h":1},"constructor":2}}') as object;
    assert.deepEqual(Object.keys(body), ['__proto__', 'constructor']);
    assert.equal(Object.getPrototypeOf(body), Object.prototype);
    assert.equal(({} as { h?: number }).h, undefined);
  });

  it('among prints is told from them by its id', () => {
    for (const reply of ['{"id":"a","value":1}', ' { "id" : "a" ', '{"value":1,"id":"a"}'])
      assert.ok(looksLikeReply(bytes(reply)), reply);
    for (const print of ['', 'hello', '[1, 2]', '{"h": [1]}', "{'id': 3}", 'the "id": 3'])
      assert.ok(!looksLikeReply(bytes(print)), print);
  });
});

describe('a line of 1 MB, whatever is in it', () => {
  const most = 1024 * 1024;
  const lines: readonly (readonly [called: string, text: string])[] = [
    ['many ids and many ends', `{x${'"id":'.repeat(most / 10)}${'}'.repeat(most / 2)}x`],
    ['blanks and no end', `${' '.repeat(most)}x`],
    ['a word that never ends, with NaN behind it', `{"id":"x","value":"${'\\"'.repeat(most / 2 - 20)} NaN`],
    ['quotation marks and NaN', `NaN${'"\\'.repeat(most / 2 - 10)}`],
  ];
  for (const [called, text] of lines)
    it(`is read within half a second: ${called}`, () => {
      const start = performance.now();
      looksLikeReply(bytes(text));
      assert.equal(codeOf(text), 'malformed');
      assert.ok(performance.now() - start < 500, `${performance.now() - start} ms`);
    });
});

describe('what the checker sends', () => {
  const value: fc.Memo<Value> = fc.memo((depth) =>
    depth <= 1 ? leaf : fc.oneof(leaf, fc.array(value(depth - 1)), fc.dictionary(fc.string(), value(depth - 1))),
  );
  const leaf = fc.oneof(fc.double(), fc.string());

  it('is read back as it was, −0 and NaN too', () => {
    fc.assert(
      fc.property(value(4), (sent) => {
        const plain = JSON.parse(JSON.stringify(sent), (_, entry) => entry) as unknown;
        fc.pre(!JSON.stringify(plain).includes('"$'));
        assert.deepEqual(bodyOf(`{"id":"c0ffee","value":${written(sent)}}`), dense(sent));
      }),
      { numRuns: 500 },
    );
  });

  /** Records with Object's own prototype, as JSON makes them. */
  const dense = (sent: Value): unknown => {
    if (typeof sent !== 'object') return sent;
    if (Array.isArray(sent)) return sent.map(dense);
    return Object.fromEntries(Object.entries(sent).map(([name, entry]) => [name, dense(entry)]));
  };
});
