// What people type from habit, and what it is called here.

/** Functions that have another name. */
export const functionsByHabit: ReadonlyMap<string, string> = new Map([
  ['sigma', 'sigmoid'],
  ['sigm', 'sigmoid'],
  ['logistic', 'sigmoid'],
  ['rectifier', 'relu'],
  ['ln', 'log'],
  ['heaviside', 'step'],
  ['sgn', 'sign'],
]);

/** Functions that are written with what there is. */
export const composedByHabit: ReadonlyMap<string, string> = new Map([
  ['softplus', 'log(1 + exp(a))'],
  ['silu', 'a .* sigmoid(a)'],
  ['swish', 'a .* sigmoid(a)'],
  ['leaky_relu', 'relu(a) - 0.01 * relu(-a)'],
  ['dot', "a' * b"],
  ['inner', "a' * b"],
  ['outer', "a * b'"],
  ['matmul', 'W * a'],
  ['mm', 'W * a'],
  ['transpose', "a'"],
  ['multiply', 'a .* b'],
  ['mul', 'a .* b'],
  ['square', 'a .^ 2'],
  ['log1p', 'log(1 + a)'],
  ['expm1', 'exp(a) - 1'],
  ['rsqrt', '1 ./ sqrt(a)'],
  ['sinh', '(exp(a) - exp(-a)) ./ 2'],
  ['cosh', '(exp(a) + exp(-a)) ./ 2'],
  ['pow', 'a .^ b'],
  ['norm', "sqrt(a' * a)"],
  ['max', 'b + relu(a - b)'],
  ['min', 'a - relu(a - b)'],
  ['concat', 'W * a + U * b'],
  ['concatenate', 'W * a + U * b'],
  ['cat', 'W * a + U * b'],
  ['hstack', 'W * a + U * b'],
  ['vstack', 'W * a + U * b'],
]);

/** Functions of other languages that there are none of here: none of them is another one misspelt. */
export const functionsElsewhere: ReadonlySet<string> = new Set(
  'sin cos tan asin acos atan arcsin arccos arctan atan2 sec csc cot asinh acosh atanh erf floor ceil round trunc fix mod mean var std prod argmax argmin any all gamma cumsum sort'.split(
    ' ',
  ),
);

/** Numbers of other languages; here a name that no equation assigns is a learned parameter. */
export const constantsElsewhere: ReadonlyMap<string, string> = new Map([
  ['pi', '3.14159265358979'],
  ['tau', '6.28318530717959'],
  ['e', '2.71828182845905'],
]);

export const initialisersByHabit: ReadonlyMap<string, string> = new Map([
  ['glorot', 'xavier'],
  ['glorot_uniform', 'xavier'],
  ['gaussian', 'normal'],
  ['randn', 'normal'],
  ['zeros', 'constant(0)'],
  ['ones', 'constant(1)'],
  ['eye', 'identity'],
  ['diag', 'identity'],
]);

/** Words that begin a statement of another language. */
export const statementWords: ReadonlySet<string> = new Set(
  'return def import from class for while if elif else print let const var function global assert yield with del pass'.split(
    ' ',
  ),
);

/** Words between two values that are operators of another language. */
export const conditionWords: ReadonlySet<string> = new Set(['if', 'else']);
export const logicalWords: ReadonlySet<string> = new Set(['and', 'or', 'not', 'xor', 'in', 'is']);

/** What holds functions in other languages: `np.tanh`. */
export const moduleWords: ReadonlySet<string> = new Set(
  'np numpy torch nn F tf keras jnp jax math Math self this'.split(' '),
);

/** The state whose previous value a name such as `hprev`, `h_old`, `prev_h` or `h_tm1` was meant to be. */
export function previousByHabit(name: string, states: ReadonlySet<string>): string | undefined {
  const [, after, before] = /^(?:(?:prev|old|last)_?(.+)|(.+?)_?(?:prev|previous|old|last|tm1|t_1))$/i.exec(name) ?? [];
  const state = after ?? before;
  return state !== undefined && states.has(state) ? `${state}_prev` : undefined;
}
