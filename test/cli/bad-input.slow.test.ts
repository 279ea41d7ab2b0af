// Whatever a user gives: a message that says what is wrong and what to do, the right exit code, no stack trace, nothing half-written.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { program, type Setting, stackTrace, unroll } from './run-unroll.ts';

interface Case {
  readonly args: readonly string[];
  readonly says: RegExp;
  readonly setting?: Setting;
}

const csv = 'Date,CO2\n1958-03-01,315.7\n1958-04-01,NaN\n';

const cases: readonly Case[] = [
  { args: ['states', 'ltsm'], says: /no cell `ltsm`[\s\S]*did you mean `lstm`/ },
  { args: ['gradient'], says: /There is no command `gradient`[\s\S]*did you mean `gradients`/ },
  { args: ['states', '--hiden', '3'], says: /no option --hiden[\s\S]*did you mean `--hidden`/ },
  { args: ['cell'], says: /needs a subcommand[\s\S]*list, show, derive, check, run/ },
  { args: ['cell', 'shw', 'lstm'], says: /There is no command `shw`[\s\S]*did you mean `show`/ },
  { args: ['cell', 'show'], says: /cell show wants a cell[\s\S]*an equation\s+in quotes[\s\S]*unroll cell show lstm/ },
  { args: ['homework', 'check', 'rnn-step'], says: /wants a file behind `rnn-step`[\s\S]*check rnn-step rnn_step\.py/ },
  { args: ['homework', 'check', 'rnn_step.py'], says: /an exercise before the file[\s\S]*check rnn-step rnn_step\.py/ },
  { args: ['homework', 'check', 'rnn-step', '.'], says: /is a folder[\s\S]*homework grade \./ },
  {
    args: ['homework', 'check', 'rnn-step', 'a.py', 'b'],
    says: /`b` is one argument too many for unroll homework check/,
  },
  {
    args: ['homework', 'check', 'rnn-step', 'a.ipynb'],
    says: /is a notebook[\s\S]*save it as a script: jupyter nbconvert --to script/,
    setting: { files: { 'a.ipynb': '{}' } },
  },
  { args: ['homework', 'start'], says: /wants an exercise\.[\s\S]*homework start rnn-step/ },
  { args: ['homework', 'hint', 'lstm'], says: /did you mean `lstm-step` or `lstm-backward`/ },
  { args: ['homework', 'hint', 'rnn-step', '9'], says: /no hint 9 of rnn-step: it has 3/ },
  { args: ['homework', 'grade', 'clas'], says: /There is no folder clas\.(?![\s\S]*ENOENT)/ },
  { args: ['lesson', 'vani'], says: /did you mean `vanishing`/ },
  { args: ['completion'], says: /wants a shell[\s\S]*bash, zsh or fish/ },
  { args: ['cell', 'run', 'lstm'], says: /--vectors is needed/ },
  { args: ['states', '--text'], says: /--text needs a value/ },
  { args: ['states', '--text', ''], says: /The text is empty/ },
  { args: ['states', '--steps', '0'], says: /--steps 0 is too small[\s\S]*from 1 to 100000/ },
  { args: ['states', '--hidden', '-1'], says: /--hidden -1 is too small/ },
  { args: ['states', '--hidden', 'many'], says: /`many` is not a whole number/ },
  { args: ['states', '--hidden', '3', '--hidden', '4'], says: /--hidden is given 2 times/ },
  { args: ['gradients', '--steps', '1000000'], says: /--steps 1000000 is too large[\s\S]*minutes and gigabytes/ },
  { args: ['probe', '--text', 'abc'], says: /The text has 3 characters[\s\S]*at least 1000 characters/ },
  { args: ['probe', '--text', 'ab'.repeat(300)], says: /The text has 600 characters[\s\S]*at least 1000 characters/ },
  { args: ['probe', '--text', 'a'.repeat(2000)], says: /one character only[\s\S]*several different characters/ },
  { args: ['diagram', '--truncated', '0'], says: /--truncated 0 is too small[\s\S]*from 1/ },
  { args: ['diagram', '--truncated'], says: /--truncated needs a value/ },
  { args: ['diagram', '--attention', '--seq2seq'], says: /--seq2seq and --attention do not go together/ },
  {
    args: ['diagram', '--attention', '--engine', 'fast'],
    says: /--engine has no effect: `unroll diagram --attention` does not use it/,
  },
  { args: ['diagram', 'h = tanh(W * x)', '--seq2seq'], says: /has no state, so nothing goes from step to step/ },
  { args: ['diagram', 'gru+additive', '--truncated', '1'], says: /gru\+additive reads a memory/ },
  { args: ['truncation', '--steps', '1'], says: /--steps 1 is too small[\s\S]*from 2/ },
  { args: ['truncation', '--windows', '10,300'], says: /--windows 300 is too large[\s\S]*from 1 to 100/ },
  {
    args: ['truncation', '--balancing', '--hidden', '4'],
    says: /--hidden has no effect: `unroll truncation --balancing` does not use it/,
  },
  {
    args: ['truncation', '--clip', '--windows', '3'],
    says: /--windows has no effect: `unroll truncation --clip` does not use it/,
  },
  { args: ['truncation', 'h = tanh(h_prev)'], says: /no parameters, so there is no gradient/ },
  { args: ['states', '--file', 'nope.txt'], says: /no file nope\.txt/ },
  {
    args: ['states', '--file', 'notes.txt'],
    says: /did you mean `note\.txt`/,
    setting: { files: { 'note.txt': 'a' } },
  },
  { args: ['states', '--file', '.'], says: /\. is a folder/ },
  {
    args: ['states', '--file', 'x.bin'],
    says: /binary file/,
    setting: { files: { 'x.bin': new Uint8Array([65, 0, 66]) } },
  },
  {
    args: ['states', '--file', 'x.txt'],
    says: /not text in UTF-8/,
    setting: { files: { 'x.txt': new Uint8Array([65, 255, 66]) } },
  },
  { args: ['states', 'x.txt'], says: /no cell `x\.txt`[\s\S]*--file x\.txt/, setting: { files: { 'x.txt': 'abc' } } },
  { args: ['states', 'x.cell'], says: /no file x\.cell/ },
  {
    args: ['states', 'big.cell'],
    says: /too long to be a cell/,
    setting: { files: { 'big.cell': 'h = x\n'.repeat(20_000) } },
  },
  { args: ['states', '--csv', 'e.csv'], says: /e\.csv is empty/, setting: { files: { 'e.csv': '' } } },
  { args: ['states', '--csv', 'h.csv'], says: /a heading but no rows/, setting: { files: { 'h.csv': 'Date,CO2\n' } } },
  {
    args: ['states', '--csv', 'c.csv', '--column', 'CO'],
    says: /no column `CO`[\s\S]*did you mean `CO2`/,
    setting: { files: { 'c.csv': csv } },
  },
  {
    args: ['states', '--csv', 'c.csv', '--column', 'CO2'],
    says: /no valid number in line 3[\s\S]*NaN/,
    setting: { files: { 'c.csv': csv } },
  },
  {
    args: ['states', '--csv', 'q.csv'],
    says: /cannot be read as CSV: Quote Not Closed/,
    setting: { files: { 'q.csv': 'a,b\n"1,2\n' } },
  },
  { args: ['states', '--column', 'CO2'], says: /--column goes with --csv/ },
  { args: ['states', '--text', 'ab', '--signal', 'sine'], says: /more than one input/ },
  { args: ['states', '--signal', 'saw'], says: /no signal `saw`/ },
  { args: ['states', '--perturb', '99'], says: /--perturb 99 is too large[\s\S]*21 steps: choose one of them/ },
  { args: ['states', '--text', 'aaaa', '--perturb', '1'], says: /only one distinct character/ },
  { args: ['states', '--seeds', '3'], says: /--perturb/ },
  { args: ['states', '--units', '17'], says: /no unit 17/ },
  { args: ['gradients', 'rnn', '--forget-bias', '1'], says: /no parameter `b_f`/ },
  { args: ['gradients', 'lstm', '--forget-bias', 'x'], says: /`x` is not a number/ },
  { args: ['gradients', 'rnn', '--radius', '.5;.9'], says: /not separated by commas[\s\S]*--radius \.5,\.9/ },
  { args: ['gradients', 'rnn', '--radius', '.5 .9 1'], says: /not separated by commas[\s\S]*--radius \.5,\.9,1/ },
  { args: ['gradients', 'mingru', '--radius', '1'], says: /no matrix from H to H/ },
  { args: ['gradients', '--init', 'orthogonl'], says: /did you mean `orthogonal`/ },
  { args: ['gradients', '--matrix', '1 2; 3'], says: /not a matrix/ },
  { args: ['gradients', '--matrix', '1e308 1; 0 1e308'], says: /not a matrix[\s\S]*none above 1e300/ },
  { args: ['gradients', '--matrix', '1 2 3; 4 5 6'], says: /has no powers/ },
  { args: ['gradients', '--bias', '1,2'], says: /--bias goes with --cliff/ },
  { args: ['gates', '--format', 'jsn'], says: /did you mean `json`/ },
  { args: ['gates', '--engine', 'slow'], says: /no engine `slow`/ },
  { args: ['diagram', '--inside', '--steps', '3'], says: /--steps has no effect: `unroll diagram --inside`/ },
  { args: ['completion', 'tcsh'], says: /no completion for `tcsh`/ },
  { args: ['cell', 'run', 'rnn', '--vectors', 'v.json'], says: /not JSON/, setting: { files: { 'v.json': '{,}' } } },
  {
    args: ['cell', 'run', 'rnn', '--vectors', 'v.json'],
    says: /no `W_h`/,
    setting: { files: { 'v.json': '{"params":{},"inputs":[[1]]}' } },
  },
  { args: ['cell', 'show', '-'], says: /no equation here/, setting: { input: '' } },
  { args: ['cell', 'show', 'h = tanh(W h_prev)'], says: /the operator is missing[\s\S]*W \* h_prev/ },
  { args: ['gradients', '--cliff', '--column', 'CO2'], says: /--column has no effect: `unroll gradients --cliff`/ },
  { args: ['gradients', '--matrix', '.9', '--engine', 'mathjs'], says: /--engine has no effect/ },
  { args: ['gradients', 'gru', '--matrix', '.9'], says: /gru has no effect: `unroll gradients --matrix`/ },
  { args: ['gates', '--jobs', '4'], says: /--jobs has no effect: one seed runs on one thread/ },
  { args: ['gates', '--force'], says: /--force has no effect: no file is written/ },
  { args: ['gates', '--format', 'json', '--width', '40'], says: /--width has no effect: it applies to text/ },
  { args: ['cell', 'list', '--height', '30'], says: /--height has no effect: no figure here adjusts its height/ },
  { args: ['cell', 'derive', 'rnn', '--latex', '--format', 'json'], says: /no format `json`/ },
  { args: ['cell', 'derive', 'rnn', '--latex', '--seed', '3'], says: /--seed has no effect/ },
  { args: ['states', '--perturb', '1', '--units', '2'], says: /--units has no effect/ },
  {
    args: ['bench', '--cell', 'rnn', 'lstm'],
    says: /no option --cell[\s\S]*without an option name: unroll bench lstm/,
  },
  { args: ['train', 'adding', '--no-clip'], says: /--clip takes a value[\s\S]*write --clip none/ },
  { args: ['tour', '--no-width'], says: /--width takes a value[\s\S]*--width VALUE/ },
  { args: ['homework', 'grade', '.', '--no-exercise'], says: /--exercise takes a value/ },
  { args: ['gradients', '--no-quiet'], says: /--quiet is off by default/ },
  { args: ['gradients', '--cliff=5'], says: /--cliff takes no value, but `5` was given/ },
  { args: ['gradients', '--color', '--no-color'], says: /switched both on and off/ },
  // yargs takes a last word `help` for --help, and has nothing to show.
  { args: ['gradients', 'help'], says: /no cell `help`/ },
  { args: ['--version', 'extra'], says: /`extra`/ },
  { args: ['gradients', '-h = W * h_prev + U * x'], says: /begins with a minus[\s\S]*"h = W/ },
  { args: ['gradients', '--', '-x'], says: /no cell `-x`/ },
  { args: ['gradients', '--text', '--quiet'], says: /--text needs a value[\s\S]*--text=--quiet/ },
  { args: ['gradients', '--seed.x', '1'], says: /no option --seed\.x here[\s\S]*did you mean `--seed`/ },
  { args: ['gradients', '--$0'], says: /no option --\$0/ },
  { args: ['gradients', '--__proto__=1'], says: /no option --__proto__/ },
  { args: ['gradients', '-o', 'x'], says: /no option -o here[\s\S]*write --out/ },
  { args: ['gradients', '-T', '5'], says: /no option -T here[\s\S]*write --steps/ },
  { args: ['-o', 'x'], says: /no option -o here[\s\S]*unroll --help/ },
  { args: ['gates', '--lr', '1'], says: /no option --lr here[\s\S]*unroll train\s+--rate/ },
  { args: ['train', 'adding', '--epochs', '1'], says: /write --updates/ },
  { args: ['train', 'adding', '--optimizer', 'adam'], says: /write --optimiser/ },
  { args: ['gradients', '--json'], says: /write --format json/ },
  { args: ['gates', '--load', 'm.json'], says: /it is an option of unroll train --load/ },
  { args: ['states', '--cell', 'gru'], says: /without an option name: unroll states lstm/ },
  { args: ['vanishing'], says: /There is no command `vanishing`[\s\S]*unroll lesson vanishing/ },
  { args: ['lstm'], says: /There is no command `lstm`[\s\S]*unroll cell show lstm/ },
  { args: ['learn'], says: /There is no command `learn`[\s\S]*unroll lesson/ },
  { args: ['train', 'my.txt'], says: /no task `my\.txt`[\s\S]*unroll train text --file my\.txt/ },
  {
    args: ['train', 'rnn', '--file', 'my.txt'],
    says: /no task `rnn`[\s\S]*unroll\s+train\s+text\s+rnn\s+--file\s+my\.txt/,
  },
  { args: ['train', '--csv', 'my.csv'], says: /No task is given[\s\S]*unroll train series gru --csv my\.csv/ },
  { args: ['train', 'copying'], says: /did you mean `copying-memory`/ },
  { args: ['gradients', 'rnn,lstm'], says: /separate cells with spaces: rnn lstm/ },
  { args: ['foo', '--help'], says: /There is no command `foo`/ },
  { args: ['help', 'foo'], says: /There is no command `foo`/ },
  { args: ['cell', 'foo', '--help'], says: /There is no command `foo`/ },
  { args: ['states', 'rnn', 'lstm', '-'], says: /no equation here/ },
  { args: ['states', '--csv', '-'], says: /^Standard input is empty/ },
  { args: ['states', '--csv', '-', '--column', '-'], says: /no column `-`/, setting: { input: 'a,b\n1,2\n' } },
  { args: ['attention', '--lengths', '0x10'], says: /`0x10` is not in decimal digits/ },
  { args: ['states', '--hidden', '0x10'], says: /`0x10` is not in decimal digits/ },
  { args: ['gradients', '--radius', '0x1'], says: /`0x1` is not a number/ },
  { args: ['gradients', '--matrix', '0x1'], says: /not a matrix/ },
  {
    args: ['lesson', 'export', 'memory', '--out', 'l.pdf'],
    says: /`\.pdf` is not a format of this command[\s\S]*\.html/,
  },
  { args: ['lesson', 'check', '.'], says: /no lesson in `\.`\./ },
  { args: ['schema', '--out', 's.html'], says: /`\.html` is not a format of this command/ },
  {
    args: ['homework', 'start', 'rnn-step', '--out', 'a.js', '--language', 'python'],
    says: /a\.js does not have the extension of a starter/,
  },
  {
    args: ['homework', 'check', 'rnn-step', 'a.py', '--out', 'r.pdf'],
    says: /`\.pdf` is not a format of this command/,
  },
  { args: ['states', '--out', 'no/such/folder.txt'], says: /folder of no\/such\/folder\.txt does not exist/ },
];

describe('wrong input', () => {
  for (const { args, says, setting } of cases)
    it(`unroll ${args.join(' ')}`, () => {
      const before = Object.keys(setting?.files ?? {});
      const { code, out, err, files } = unroll(args, setting);
      assert.match(err, says);
      assert.doesNotMatch(err, stackTrace);
      assert.equal(out, '');
      assert.equal(code, 2);
      assert.deepEqual([...files].sort(), before.sort());
    });

  it('reads a text of 50 MB only as far as it shows it', () => {
    const { code, out } = unroll(['states', '--file', 'big.txt'], {
      files: { 'big.txt': 'the river '.repeat(5_000_000) },
    });
    assert.equal(code, 0);
    assert.match(out, /Only the first 200 characters: --steps reads more/);
  });

  it('never writes over a file unless told to', () => {
    const files = { 'mine.json': 'precious' };
    const refused = unroll(['diagram', '--out', 'mine.json'], { files });
    assert.equal(refused.code, 2);
    assert.match(refused.err, /mine\.json already exists[\s\S]*--force/);
    assert.equal(unroll(['diagram', '--out', 'mine.json', '--force'], { files }).code, 0);
  });

  it('takes a closed pipe for what it is', async () => {
    const child = spawn(process.execPath, [program, 'gradients', '--format', 'json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
    assert.equal(err, '');
  });

  it('says that it was interrupted, and exits 130', async () => {
    const child = spawn(process.execPath, [program, 'bench', '--hidden', '64', '--repeats', '1000'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    await working(child.pid!);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    assert.equal(code, 130);
    assert.match(err, /interrupted: nothing was written/);
  });
});

/** Until the process has computed for a second: several times what it takes to start, on a busy machine too. Without /proc, until some time has gone by. */
async function working(pid: number): Promise<void> {
  if (!existsSync('/proc/self/stat')) return setTimeout(10_000);
  // Fields 14 and 15, in hundredths of a second; the name before them may hold blanks, and ends with the last bracket.
  const hundredths = (): number => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  };
  while (hundredths() < 100) await setTimeout(20);
}
