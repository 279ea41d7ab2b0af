import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { Transpiler, transpile } from '../../../lib/homework/sandbox/transpiler.ts';

const transpiler = new Transpiler();
after(() => transpiler.close());
const transpiled = (text: string) => transpile(text, transpiler, { seconds: 10, memory: 256 });

it('TypeScript loses its types, and every line stays where it is', async () => {
  const { code } = await transpiled(
    [
      'interface Gates {',
      '  f: number;',
      '}',
      'type Vector = readonly number[];',
      'export function step<T extends Gates>(h: Vector, gates?: T): number[] {',
      '  return (h as number[]).map((x): number => x * gates!.f) satisfies number[];',
      '}',
      'enum Kind { First, Second }',
      'export const kind: Kind = Kind.Second;',
    ].join('\n'),
  );
  const lines = code!.split('\n');
  assert.match(lines[4]!, /^export function step\(h, gates\)/);
  assert.match(lines[5]!, /return \(h *\)\.map\(\(x\) => x \* gates\.f\)/);
  assert.match(lines[8]!, /^export const kind = Kind\.Second;$/);
  assert.equal(lines.length, 9);
});

it('what is no TypeScript is a syntax error with its line', async () => {
  const { trouble } = await transpiled('const a = 1;\nconst b: = 2;\n');
  assert.deepEqual(trouble, {
    status: 'error',
    code: 'syntax',
    raised: { name: 'SyntaxError', message: 'Unexpected token', line: 2, text: 'const b: = 2;' },
  });
});

it('a namespace is refused in words: what is in it would be left out', async () => {
  const { trouble } = await transpiled(
    '// namespace A {\nconst a = 1;\nexport namespace Maths {\n  export const b = a;\n}\n',
  );
  assert.equal(trouble?.code === 'syntax' && trouble.raised.line, 3);
  assert.match(trouble?.code === 'syntax' ? trouble.raised.message : '', /a namespace is not supported/);
  const { trouble: none } = await transpiled('declare namespace Node { const x: number }\nconst module = 1;');
  assert.equal(none, undefined);
});

it('1 MB of comments that begin and never end is read within a second', async () => {
  const start = performance.now();
  const { trouble } = await transpiled(`const a = 1;\n${'/* '.repeat(349_000)}`);
  assert.match(trouble?.code === 'syntax' ? trouble.raised.message : '', /Unterminated comment/);
  assert.ok(performance.now() - start < 1000, `${performance.now() - start} ms`);
});
