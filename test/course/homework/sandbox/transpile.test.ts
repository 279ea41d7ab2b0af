import assert from 'node:assert/strict';
import { it } from 'node:test';
import { transpile } from '../../../../lib/course/homework/sandbox/transpile.ts';

it('TypeScript loses its types, and every line stays where it is', () => {
  const { code } = transpile(
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

it('what is no TypeScript is a syntax error with its line', () => {
  const { trouble } = transpile('const a = 1;\nconst b: = 2;\n');
  assert.deepEqual(trouble, {
    status: 'error',
    code: 'syntax',
    raised: { name: 'SyntaxError', message: 'Unexpected token', line: 2, text: 'const b: = 2;' },
  });
});

it('a namespace is refused in words: what is in it would be left out', () => {
  const { trouble } = transpile('// namespace A {\nconst a = 1;\nexport namespace Maths {\n  export const b = a;\n}\n');
  assert.equal(trouble?.code === 'syntax' && trouble.raised.line, 3);
  assert.match(trouble?.code === 'syntax' ? trouble.raised.message : '', /a namespace is not supported/);
  assert.equal(transpile('declare namespace Node { const x: number }\nconst module = 1;').trouble, undefined);
});
