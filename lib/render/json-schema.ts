// The words in which a JSON Schema is written here.

export type Schema = { readonly [key: string]: unknown };

export const text: Schema = { type: 'string' };
/** JSON has no NaN and no infinities: they are written as words. */
export const numeral: Schema = { anyOf: [{ type: 'number' }, { enum: ['NaN', 'Infinity', '-Infinity'] }] };
export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const record = (properties: Record<string, Schema>, optional: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});
