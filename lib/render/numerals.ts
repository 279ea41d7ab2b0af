// Numbers for people: three significant digits, an exponent where zeros would have to be counted; columns of them aligned.

/** `0.0123`, `1.2e-5`, `22`, `123456` (a count is exact), `4.1e9`, `inf`, `not finite`. ASCII, so that it can be copied. */
export function numeral(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'not finite';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return String(value);
  if (size >= 1e-3 && size < 1e5) {
    const whole = Math.floor(Math.log10(size)) + 1;
    return String(Number(whole >= digits ? value.toFixed(0) : value.toPrecision(digits)));
  }
  return exponent(value, digits - 1);
}

/** `4.1e-9`: as few digits as say it, at most `digits`. */
export function exponent(value: number, digits: number): string {
  return value
    .toExponential(Math.max(0, digits - 1))
    .replace(/\.?0+e/, 'e')
    .replace('e+', 'e');
}

/** `22 steps`, `1 step`, `0.5 µs`, `7 %`. */
export function withUnit(number: string, unit: string | undefined): string {
  if (unit === undefined || unit === '' || number.trim() === 'not finite') return number;
  return `${number} ${number.trim() === '1' && /^[a-z]{3,}s$/.test(unit) ? unit.slice(0, -1) : unit}`;
}

/** A measured number beside its bound: as many digits as show which side of it it lies on. */
export function numeralApart(value: number, other: number): string {
  for (let digits = 3; digits < 17; digits++) {
    if (value === other || numeral(value, digits) !== numeral(other, digits)) return numeral(value, digits);
  }
  return String(value);
}

/** A column of numbers with the decimal points under one another (unless exponents make that pointless). */
export function numeralColumn(values: readonly (number | null)[], digits = 3): string[] {
  const texts = values.map((value) => (value === null ? '' : numeral(value, digits)));
  if (texts.some((text) => /e|inf/.test(text))) return texts;
  const decimals = texts.map((text) => (text.includes('.') ? text.length - text.indexOf('.') : 0));
  const most = Math.max(0, ...decimals);
  return texts.map((text, index) => (text === '' ? '' : text + ' '.repeat(most - (decimals[index] ?? 0))));
}

/** With as many decimals, for all numbers of a figure, as show a thousandth of its largest. */
export function numeralBeside(value: number, most: number): string {
  const decimals = Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(most))));
  return Math.abs(value) < 1e6 * most ? value.toFixed(decimals) : numeral(value);
}
