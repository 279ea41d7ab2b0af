// The file format of Hugging Face's safetensors: eight bytes for the length of a JSON header, the header, the numbers.

import { InputError } from '../equations/input-error.ts';

export interface Tensor {
  readonly shape: readonly number[];
  /** Row by row. */
  readonly data: Float64Array;
}

const lengthBytes = 8;
const longestHeader = 100_000_000;
const bytesOf = { F64: 8, F32: 4 } as const;
type Dtype = keyof typeof bytesOf;

/** All as F64, little-endian, by name; the header is padded to eight bytes so that the numbers are aligned. */
export function writeSafetensors(tensors: ReadonlyMap<string, Tensor>): Uint8Array {
  const header: Record<string, unknown> = {};
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

/** Reads F64 and F32. Throws InputError, about the file `where`, for what is no such file or holds other numbers. */
export function readSafetensors(file: Uint8Array, where: string): Map<string, Tensor> {
  const fail = (says: string): never => {
    throw new InputError({ where, says, mend: 'give a file that `safetensors` wrote, in float32 or float64' });
  };
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < lengthBytes) return fail('This is too short for a safetensors file.');
  const length = view.getBigUint64(0, true);
  const start = lengthBytes + Number(length);
  if (length > BigInt(longestHeader) || start > file.length)
    return fail('This is no safetensors file: its header does not end within it.');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(lengthBytes, start)));
  } catch {
    return fail('This is no safetensors file: its header is not JSON.');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    return fail('This is no safetensors file: its header is no object.');
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets: offsets } = Object(entry) as Readonly<Record<string, unknown>>;
    if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2)
      return fail(`The header's entry for \`${name}\` is broken.`);
    if (dtype !== 'F64' && dtype !== 'F32') return fail(`\`${name}\` is of type ${String(dtype)}, not F64 or F32.`);
    const count = shape.reduce((a, b) => a * b, 1);
    const [from, to] = [start + offsets[0]!, start + offsets[1]!];
    if (to > file.length || to - from !== count * bytesOf[dtype])
      return fail(`\`${name}\` does not lie within the file.`);
    tensors.set(name, { shape, data: numbersAt(view, from, count, dtype) });
  }
  return tensors;
}

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);

function numbersAt(view: DataView, from: number, count: number, dtype: Dtype): Float64Array {
  const data = new Float64Array(count);
  for (let i = 0; i < count; i++)
    data[i] = dtype === 'F64' ? view.getFloat64(from + 8 * i, true) : view.getFloat32(from + 4 * i, true);
  return data;
}
