import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { chooseSandbox } from '../../../lib/homework/sandbox/choose.ts';
import { Foreign } from '../../../lib/homework/value.ts';
import { foldersOf, hear, limits, reached, withoutNumPy, withoutPython } from './machine.ts';

const calls = [[[1, -0, 0.5], 3]] as const;

/** The weakest that is used, and the strongest that there is. */
const levels = [...new Set([1, reached] as const)];
after(() => assert.deepEqual(foldersOf(process.pid), []));

for (const level of levels)
  describe(`a submission at level ${level}`, async () => {
    const sandbox = await chooseSandbox({ limits, atMost: level });
    after(() => sandbox.close());
    const value = async (name: string, text: string): Promise<unknown> => {
      const heard = await hear(sandbox, name, text, calls);
      assert.ok(heard.trouble === undefined, JSON.stringify(heard.trouble));
      const [reply] = heard.replies;
      assert.equal(reply!.kind, 'value', JSON.stringify(reply));
      return reply!.kind === 'value' ? reply!.value : undefined;
    };
    const trouble = async (name: string, text: string): Promise<unknown> => {
      const heard = await hear(sandbox, name, text, calls);
      return heard.trouble ?? heard.ending.trouble;
    };

    it('is measured to be there', () => assert.equal(sandbox.isolation.level, level));

    it('is answered by whichever way it exports its function', async () => {
      const body = '(h, x) => [h, x]';
      for (const [name, text] of [
        ['a.js', `export const rnnStep = ${body};`],
        ['a.js', `export const rnn_step = ${body};`],
        ['a.mjs', `const rnnStep = ${body};\nexport { rnnStep };`],
        ['a.js', `module.exports = { rnnStep: ${body} };`],
        ['a.cjs', `exports.rnn_step = ${body};`],
        ['a.js', `export default { rnnStep: ${body} };`],
        ['a.ts', 'export const rnnStep = (h: number[], x: number): unknown => [h, x];'],
        ['a.ts', '\ufeffexport function rnnStep(h: number[],\r\n  x: number) {\r\n  return [h, x];\r\n}\r\n'],
      ] as const)
        assert.deepEqual(await value(name, text), [[1, -0, 0.5], 3], text);
    });

    it('gives whatever it gives: no number is lost, and what is no value is named', async () => {
      const text = `export const rnnStep = () =>
        ({ a: Float64Array.of(NaN, -0, -Infinity), b: undefined, c: () => 1, d: new Map(), e: null, f: true });`;
      assert.deepEqual(await value('a.js', text), {
        a: [Number.NaN, -0, Number.NEGATIVE_INFINITY],
        b: undefined,
        c: new Foreign('a function'),
        d: new Foreign('a Map'),
        e: null,
        f: true,
      });
      assert.ok(
        JSON.stringify(await value('a.js', 'export const rnnStep = (h) => { h[0] = h; return h; };')).includes(
          'in itself',
        ),
      );
    });

    it('in Python is given lists, or arrays where it imported NumPy', { skip: withoutPython }, async () => {
      const kinds = 'def rnn_step(h, x):\r\n    return type(h).__name__, type(h[0]).__name__, x\r\n';
      assert.deepEqual(await value('a.py', `\ufeff${kinds}`), ['list', 'float', 3]);
      assert.deepEqual(await value('a.py', 'def rnn_step(h, x): return {"h": (h, float("nan")), "s": {1}, 3: None}'), {
        h: [[1, -0, 0.5], Number.NaN],
        s: new Foreign('a set'),
        3: null,
      });
    });

    it('in Python with NumPy gives arrays and scalars back', { skip: withoutNumPy }, async () => {
      const text = `import numpy as np
def rnn_step(h, x):
    return [type(h).__name__, h.dtype.name, np.tanh(h * 0), np.float64(2), np.int64(x), np.eye(2)]`;
      assert.deepEqual(await value('a.py', text), [
        'ndarray',
        'float64',
        [0, -0, 0],
        2,
        3,
        [
          [1, 0],
          [0, 1],
        ],
      ]);
    });

    it('may be any program that answers lines', async () => {
      const text = `#!/bin/sh
echo hello
while read -r line; do
  id=$(printf %s "$line" | sed 's/.*"id":"\\([0-9a-f]*\\)".*/\\1/')
  echo "{\\"id\\":\\"$id\\",\\"value\\":[1, NaN]}"
done
`;
      const heard = await hear(sandbox, 'program', text, calls);
      assert.deepEqual(heard.ending && heard.replies, [{ kind: 'value', value: [1, Number.NaN] }]);
      assert.equal(heard.ending?.prints, 'hello\n');
      assert.equal(heard.ending?.trouble, undefined);
    });

    it('that is no program is told from a fault of ours', async () => {
      const exited = { status: 'error', code: 'exited', exit: 127 };
      const heard = await hear(sandbox, 'program', '#!/nowhere/python\n', calls);
      assert.deepEqual(heard.trouble ?? heard.ending.trouble, exited);
      assert.doesNotMatch(heard.ending?.prints ?? '', /prlimit|setpriv|bwrap/);
    });

    it('tells an exception with the line of the file, and goes on', async () => {
      const text = 'export function rnnStep(h) {\n  if (h.length > 1)\n    return h.no.where;\n  return 7;\n}\n';
      const heard = await hear(sandbox, 'a.js', text, [[[1, 2]], [[1]]]);
      assert.deepEqual(heard.ending && heard.replies, [
        {
          kind: 'threw',
          error: {
            name: 'TypeError',
            message: "Cannot read properties of undefined (reading 'where')",
            line: 3,
            text: '    return h.no.where;',
          },
        },
        { kind: 'value', value: 7 },
      ]);
    });

    it('tells an exception of Python with the line of the file', { skip: withoutPython }, async () => {
      const heard = await hear(sandbox, 'a.py', 'def rnn_step(h, x):\n    y = 0\n    return x / y\n', calls);
      assert.deepEqual(heard.ending && heard.replies, [
        {
          kind: 'threw',
          error: { name: 'ZeroDivisionError', message: 'division by zero', line: 3, text: '    return x / y' },
        },
      ]);
    });

    it('is a promise when the function is async', async () => {
      const heard = await hear(sandbox, 'a.js', 'export const rnnStep = async (h) => h;', calls);
      assert.deepEqual(heard.ending && heard.replies, [{ kind: 'promise' }]);
    });

    it('is a promise when the function of Python is async, too', { skip: withoutPython }, async () => {
      const heard = await hear(sandbox, 'a.py', 'async def rnn_step(h, x): return h', calls);
      assert.deepEqual(heard.ending && heard.replies, [{ kind: 'promise' }]);
      assert.equal(heard.ending?.prints, '');
    });

    it('that does not load says why, with the line', async () => {
      const raised = (name: string, message: string, line: number, text: string) => ({ name, message, line, text });
      assert.deepEqual(await trouble('a.js', '\nexport const a = ;'), {
        status: 'error',
        code: 'syntax',
        raised: raised('SyntaxError', "Unexpected token ';'", 2, 'export const a = ;'),
      });
      assert.deepEqual(await trouble('a.js', "\nconst a = 1;\nthrow new RangeError('no');"), {
        status: 'error',
        code: 'load',
        raised: raised('RangeError', 'no', 3, "throw new RangeError('no');"),
      });
      assert.deepEqual(await trouble('a.js', "import { add } from 'lodash';"), {
        status: 'error',
        code: 'import',
        missing: 'lodash',
        raised: { name: 'Error', message: "Cannot find package 'lodash' imported from a.js" },
      });
      assert.deepEqual(await trouble('a.js', 'const fs = require("./mine.js");'), {
        status: 'error',
        code: 'import',
        missing: './mine.js',
        raised: raised('Error', "Cannot find module './mine.js'", 1, 'const fs = require("./mine.js");'),
      });
      assert.deepEqual(await trouble('a.js', 'await new Promise(() => {});'), {
        status: 'error',
        code: 'never-settled',
        loading: true,
      });
      assert.deepEqual(await trouble('a.js', 'process.exit(3);'), { status: 'error', code: 'exited', exit: 3 });
    });

    it('that stops over a text of its own can be read itself', async () => {
      const stopped = async (name: string, text: string) => {
        const found = (await trouble(name, text)) as { code: string; raised: { name: string; line: number } };
        return [found.code, found.raised.name, found.raised.line];
      };
      for (const text of ["const a = 1;\nJSON.parse('{');", "const a = 1;\nnew Function('a b');"])
        for (const name of ['a.cjs', 'a.mjs']) assert.deepEqual(await stopped(name, text), ['load', 'SyntaxError', 2]);
      assert.deepEqual(await stopped('a.cjs', 'const a = 1;\nexport { a };'), ['syntax', 'SyntaxError', 2]);
    });

    it('in Python that stops over a text of its own can be read itself', { skip: withoutPython }, async () => {
      const found = (await trouble('a.py', 'a = 1\neval("a b")')) as { code: string; raised: { line: number } };
      assert.deepEqual([found.code, found.raised.line], ['load', 2]);
    });

    it('that answers with another word than `value` is told which', async () => {
      const text = '#!/bin/sh\nread -r line\nid=$(printf %s "$line" | sed \'s/.*"id":"\\([0-9a-f]*\\)".*/\\1/\')\n';
      assert.deepEqual(
        await trouble('program', `${text}echo "{\\"id\\":\\"$id\\",\\"result\\":[1]}"\nread -r line\n`),
        {
          status: 'violation',
          code: 'malformed',
          word: 'result',
        },
      );
    });

    it('in Python that does not load says why, with the line', { skip: withoutPython }, async () => {
      assert.deepEqual(await trouble('a.py', 'x = 1\ndef rnn_step(:\n'), {
        status: 'error',
        code: 'syntax',
        raised: { name: 'SyntaxError', message: 'invalid syntax', line: 2, text: 'def rnn_step(:' },
      });
      assert.deepEqual(await trouble('a.py', 'import nump as np'), {
        status: 'error',
        code: 'import',
        missing: 'nump',
        raised: { name: 'ModuleNotFoundError', message: "No module named 'nump'", line: 1, text: 'import nump as np' },
      });
    });

    it('without the function says what there is instead', async () => {
      const wanted = ['rnn_step', 'rnnStep'];
      const none = (found: string[], instead?: string) => ({
        status: 'error',
        code: 'no-function',
        wanted,
        found,
        ...(instead === undefined ? {} : { instead }),
      });
      assert.deepEqual(await trouble('a.js', 'export const rnnstep = (h) => h, x = 3;'), none(['rnnstep']));
      assert.deepEqual(await trouble('a.js', 'export default function rnnStep(h) {}'), none([], 'default'));
      assert.deepEqual(await trouble('a.js', 'module.exports = (h) => h;'), none([], 'default'));
      assert.deepEqual(await trouble('a.js', 'function rnnStep(h) {}'), none([], 'not-exported'));
      assert.deepEqual(await trouble('a.js', 'export const rnnStep = 3;'), none([], 'not-a-function'));
    });

    it('that writes to the channel itself is a violation', async () => {
      const forged = (line: string): string =>
        `import { writeSync } from 'node:fs';\nexport const rnnStep = () => { writeSync(3, ${line}); return 1; };`;
      const violation = (code: string) => ({ status: 'violation', code });
      assert.deepEqual(await trouble('a.js', forged("'hello\\n'")), violation('malformed'));
      assert.deepEqual(await trouble('a.js', forged('\'{"id":"x","value":1}\\n\'')), violation('wrong-id'));
      assert.deepEqual(await trouble('a.js', forged("'{'")), violation('malformed'));
      const spy = `import { writeSync } from 'node:fs';
const { toString } = Buffer.prototype;
let id = '';
Buffer.prototype.toString = function (...how) {
  const text = toString.apply(this, how);
  id = /"id":"(\\w+)"/.exec(text)?.[1] ?? id;
  return text;
};
export const rnnStep = () => { writeSync(3, '{"id":"' + id + '","value":[9]}\\n'); return 1; };`;
      assert.deepEqual(await trouble('a.js', spy), violation('second-reply'));
    });

    it('that returns more than 1 MiB is stopped', async () => {
      const text = 'export const rnnStep = () => new Array(1e6).fill(0.123456);';
      assert.deepEqual(await trouble('a.js', text), { status: 'limit', code: 'reply-size' });
      const raw = "import { writeSync } from 'node:fs';\nwriteSync(3, '9'.repeat(1.5e6));";
      assert.deepEqual(await trouble('a.js', raw), { status: 'limit', code: 'reply-size' });
    });

    it('keeps arguments and results for `again` and `recall`', async () => {
      const { writeFileSync, mkdtempSync, rmSync } = await import('node:fs');
      const folder = mkdtempSync('/tmp/unroll-test-');
      writeFileSync(
        `${folder}/a.js`,
        'const out = [0];\nexport const rnnStep = (h) => { h[0] += 1; out[0] = h[0]; return out; };',
      );
      const { session } = await sandbox.open(`${folder}/a.js`, 'javascript', ['rnnStep']);
      const call = (x: number, keep: string) =>
        session!.ask({ kind: 'call', function: 'rnnStep', arguments: [[x]], keep });
      assert.deepEqual(await call(1, 'a'), { kind: 'value', value: [2] });
      assert.deepEqual(await session!.ask({ kind: 'again', keep: 'a' }), { kind: 'value', value: [3] });
      assert.deepEqual(await call(10, 'b'), { kind: 'value', value: [11] });
      assert.deepEqual(await session!.ask({ kind: 'recall', keep: 'a' }), { kind: 'value', value: [11] });
      assert.equal(await session!.end(), await session!.end());
      rmSync(folder, { recursive: true });
    });

    it('prints what it likes, which is shown without its escapes', async () => {
      const heard = await hear(
        sandbox,
        'a.js',
        'console.log("loading");\nexport const rnnStep = () => { console.error("\\u001b[31mred"); return 1; };',
        calls,
      );
      assert.equal(heard.ending?.prints, 'loading\n\\u001b[31mred\n');
      assert.equal(heard.ending?.printsCut, false);
    });

    it('sees nothing of our environment', async () => {
      process.env.UNROLL_TEST_SECRET = 'sesame';
      const found = await value('a.js', 'export const rnnStep = () => Object.keys(process.env);');
      assert.ok(!(found as string[]).some((name) => /UNROLL|NODE|npm/.test(name)), String(found));
    });
  });
