// The file format of Hugging Face's safetensors: eight bytes for the length of a JSON header, the header, the numbers. Checked as the
// reference implementation checks it (github.com/huggingface/safetensors, safetensors/src/tensor.rs).

import { InputError } from '../equations/input-error.ts';
import { counted } from '../numbers/counted.ts';
import { jsonProblem } from './json-problem.ts';

export interface Tensor {
  readonly shape: readonly number[];
  /** Row by row. */
  readonly data: Float64Array;
}

export type Tensors = ReadonlyMap<string, Tensor>;

/** What a file holds: its tensors, and the strings of its `__metadata__`. */
interface Weights {
  readonly tensors: Tensors;
  readonly metadata: Readonly<Record<string, string>>;
}

const lengthBytes = 8;
const longestHeader = 100_000_000;
const bytesOf: Readonly<Record<string, number>> = { F64: 8, F32: 4 };
/** Types of the format that are no weights to train with, and what makes weights of them. */
const halfPrecision = /^(BF16|F16|F8_\w+|F6_\w+|F4)$/;
const integral = /^(BOOL|[UI](8|16|32|64)|C64)$/;

/** All as F64, little-endian, by name; the header is padded to eight bytes so that the numbers are aligned. */
export function writeSafetensors(tensors: Tensors, metadata: Weights['metadata'] = {}): Uint8Array {
  const header: Record<string, unknown> = Object.keys(metadata).length === 0 ? {} : { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: 'F64', shape, data_offsets: [end, end + 8 * data.length] };
    end += 8 * data.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(lengthBytes + padded + end).fill(0x20, lengthBytes, lengthBytes + padded);
  file.set(text, lengthBytes);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  let at = lengthBytes + padded;
  for (const { data } of tensors.values())
    for (const value of data) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  return file;
}

/**
 * Reads F64 and F32. Throws InputError, about the file `where`, for what is no such file, is damaged, or holds numbers of another
 * type or numbers that are not finite.
 */
export function readSafetensors(file: Uint8Array, where: string): Weights {
  const fail = (
    says: string,
    fix = 'write it again with `safetensors.torch.save_file(module.float().state_dict(), FILE)`',
  ): never => {
    throw new InputError(where, says, { fix });
  };
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < lengthBytes) return fail('This is too short to be a safetensors file.');
  const length = view.getBigUint64(0, true);
  if (length > BigInt(longestHeader) || lengthBytes + Number(length) > file.length)
    return fail('This is not a safetensors file, or it is truncated: its header does not end within it.');
  const start = lengthBytes + Number(length);
  const { __metadata__: metadata = {}, ...entries } = headerOf(file.subarray(lengthBytes, start), fail);
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string'))
    return fail('The `__metadata__` of its header is not an object of strings.');
  const found = Object.entries(entries).map(([name, entry]) => {
    const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
    if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2 || typeof dtype !== 'string')
      return fail(`The header's entry for \`${name}\` is damaged.`);
    if (halfPrecision.test(dtype))
      return fail(
        `\`${name}\` is of type ${dtype}; float32 and float64 are read (F32, F64).`,
        'convert and save it again:  safetensors.torch.save_file(module.float().state_dict(), FILE)',
      );
    if (integral.test(dtype))
      return fail(
        `\`${name}\` is of type ${dtype}, which is not a type of weights; float32 and float64 are read (F32, F64).`,
        `leave it out of the file:  state = module.float().state_dict(); del state["${name}"]`,
      );
    const width = bytesOf[dtype];
    if (width === undefined) return fail(`\`${name}\` is of type \`${dtype}\`, which safetensors does not have.`);
    return { name, shape, width, from: offsets[0]!, to: offsets[1]! };
  });
  // Every byte belongs to one tensor: no hole, no overlap, nothing before the first or after the last.
  found.sort((a, b) => a.from - b.from || a.to - b.to);
  let end = 0;
  for (const { name, shape, width, from, to } of found) {
    const count = shape.reduce((a, b) => a * b, 1);
    if (!Number.isSafeInteger(count) || to - from !== count * width)
      return fail(`\`${name}\` is ${shape.join('×')}, but its data_offsets span ${counted(to - from, 'byte')}.`);
    if (from !== end)
      return fail(`The data of \`${name}\` begin at byte ${from}, not ${end}: ${from < end ? 'an overlap' : 'a gap'}.`);
    end = to;
  }
  const rest = file.length - start - end;
  if (rest < 0) return fail(`The file is truncated: it has ${end + rest} of ${counted(end, 'byte')} of data.`);
  if (rest > 0) return fail(`The file has ${counted(rest, 'byte')} more than its header describes.`);
  // In the order of the header.
  const byName = new Map(found.map((one) => [one.name, one]));
  const tensors = new Map<string, Tensor>();
  for (const name of Object.keys(entries)) {
    const { shape, width, from, to } = byName.get(name)!;
    const data = new Float64Array((to - from) / width);
    for (let i = 0, at = start + from; i < data.length; i++, at += width)
      data[i] = width === 8 ? view.getFloat64(at, true) : view.getFloat32(at, true);
    const odd = data.findIndex((value) => !Number.isFinite(value));
    if (odd >= 0)
      return fail(
        `\`${name}\` holds ${data[odd]} at [${placeOf(odd, shape)}].`,
        'give weights that are finite numbers: a model whose training diverged cannot be used',
      );
    tensors.set(name, { shape, data });
  }
  return { tensors, metadata: metadata as Weights['metadata'] };
}

function headerOf(bytes: Uint8Array, fail: (says: string) => never): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail('This is not a safetensors file: its header is not UTF-8.');
  }
  if (!text.startsWith('{')) return fail('This is not a safetensors file: its header does not begin with `{`.');
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    return fail('This is not a safetensors file: its header is not JSON.');
  }
  const problem = jsonProblem(text, { integers: true });
  if (problem !== undefined) return fail(`Its header ${problem}.`);
  return header as Record<string, unknown>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);

/** Row and column, counted from 0, of the number at `index`. */
function placeOf(index: number, shape: readonly number[]): string {
  const places: number[] = [];
  let rest = index;
  for (const size of [...shape].reverse()) {
    places.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return places.join(', ');
}
