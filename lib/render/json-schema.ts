// Data described once: a JSON Schema (draft 2020-12) from which the TypeScript type follows.

declare const described: unique symbol;

/** A schema of values of type T; the property that carries the type exists for the compiler alone. */
export type Schema<T = unknown> = { readonly [key: string]: unknown; readonly [described]?: T };
export type TypeOf<S> = S extends { readonly [described]?: infer T } ? T : never;

type Flat<T> = { [K in keyof T]: T[K] };
type RecordOf<P, O> = Flat<
  { readonly [K in keyof P as K extends O ? never : K]: TypeOf<P[K]> } & {
    readonly [K in keyof P as K extends O ? K : never]?: TypeOf<P[K]> | undefined;
  }
>;

export const text: Schema<string> = { type: 'string' };
export const whole: Schema<number> = { type: 'integer' };
/** JSON has no NaN and no infinities: they are written as words. */
export const real: Schema<number> = { anyOf: [{ type: 'number' }, { enum: ['NaN', 'Infinity', '-Infinity'] }] };
export const realOrNull: Schema<number | null> = { anyOf: [real, { type: 'null' }] };
export const constant = <const V>(value: V): Schema<V> => ({ const: value });
export const oneWordOf = <const W extends string>(...words: readonly W[]): Schema<W> => ({ enum: words });
export const listOf = <T>(items: Schema<T>): Schema<readonly T[]> => ({ type: 'array', items });
/** All properties are required but those named as optional. */
export const record = <const P extends Readonly<Record<string, Schema>>, const O extends keyof P & string = never>(
  properties: P,
  optional: readonly O[] = [],
): Schema<RecordOf<P, O>> => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.some((name) => name === key)),
  additionalProperties: false,
});
