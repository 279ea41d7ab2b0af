// Words as a terminal or a listener can take them. Text from outside is harmless: a control character, an escape sequence or a direction
// override is shown, never obeyed. What we write beyond ASCII (mathematics, typography, box drawing) is spelt for `--ascii` and `--plain`.

import type { Figure, Kind } from './kind.ts';
import type { Look, Readable } from './look.ts';

/** Control characters shown, mathematics transliterated where the terminal (`--ascii`) or the listener (`--plain`) needs it. */
export function legible(text: string, look: Pick<Look, 'unicode' | 'keepsLetters'>): string {
  const shown = visible(text, look.unicode);
  return look.unicode ? shown : toAscii(shown, look.keepsLetters);
}

/** A line break in prose is a blank. */
export function legibleProse(text: string, look: Pick<Look, 'unicode' | 'keepsLetters'>): string {
  return legible(text.replace(/\s+/g, ' ').trim(), look);
}

/** Before anything is laid out, so that widths are those of what is written. */
export function legibleFigure<F extends Figure>(
  figure: F,
  look: Readable,
  { prepare }: Pick<Kind<Figure>, 'prepare'>,
): F {
  return deep(prepare?.(figure, look) ?? figure, look) as F;
}

function deep(value: unknown, look: Readable): unknown {
  if (typeof value === 'string') return legible(value, look);
  if (Array.isArray(value)) return value.map((item) => deep(item, look));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deep(item, look)]));
  }
  return value;
}

/** Each with how it is spelt; ␠ is a blank. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  `
  ∂d ∇grad␠ ‖| ∥| ∏prod ∑sum ∫int √sqrt␠ ∞inf ±+- ∓-+ ×x ÷/ ·. ⋅. ∘o ⊙.* ⊗(x) ⊕(+) −- ∈in ∉not␠in ∀for␠all␠
  ∃exists␠ ¬not␠ ∧and ∨or ≤<= ≥>= ≠!= ≈~ ≃~ ≅~ ≡== ∼~ ∝proportional␠to ≪<< ≫>> ℝR ℕN ℤZ ℓl ᵀ' ⊤' ′' ″'' ⟨< ⟩>
  ⌊floor( ⌋) ⌈ceil( ⌉)
  →-> ←<- ↑^ ↓v ↔<-> ⇒=> ⇐<= ⇔<=> ↦|-> ►> ◄< ▶> ◀< ▲^ ▼v ▸> ↵/ ⏎/ ↳->
  ␣_ ␊\\n ␉\\t ␍\\r ␛\\x1b ␡\\x7f
  –- —- ‐- ‑- ‒- ‘' ’' ‚, “" ”" „" «" »" …... ⋯... ⋮: •* ◦o ○o ●* ▪* ■# □o ✓+ ✔+ ✗x ✘x ★* ☆* °␠deg §section␠ ¶
  ©(c) ®(R) ™(TM) €EUR £GBP ½1/2 ¼1/4 ¾3/4 ‰␠per␠mille †+ ‡++
  µu ßss æae ÆAE øo ØO œoe ŒOE łl ŁL đd ĐD ðd þth ıi
  αalpha βbeta γgamma δdelta εepsilon ϵepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi πpi ρrho
  σsigma ςsigma τtau υupsilon φphi ϕphi χchi ψpsi ωomega ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΦPhi ΨPsi
  ΩOmega
  ░. ▒+ ▓* █#`
    .trim()
    .split(/\s+/)
    .map((entry) => [entry.charAt(0), entry.slice(1).replaceAll('␠', ' ')] as const),
);

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ';
const SUBSCRIPT = '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢₜₕₓⱼₖ';
const SUPERSCRIPT_ASCII = '0123456789+-=()ni';
const SUBSCRIPT_ASCII = '0123456789+-=()nithxjk';

/**
 * `‖∂L/∂h_t‖` becomes `|dL/dh_t|`, `10⁻³` `10^-3`, `σ` `sigma`, `≤` `<=`, box drawing `+ - |`, an accented letter its letter.
 * Any other character becomes `?`, a user's own too (`--ascii` promises ASCII), unless `keepUnknown`.
 */
export function toAscii(text: string, keepUnknown = false): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
  if (/^[\u0000-\u007f]*$/.test(text)) return text;
  return text
    .replace(new RegExp(`[${SUPERSCRIPT}]+`, 'g'), (run) => `^${spell(run, SUPERSCRIPT, SUPERSCRIPT_ASCII)}`)
    .replace(new RegExp(`[${SUBSCRIPT}]+`, 'g'), (run) => `_${spell(run, SUBSCRIPT, SUBSCRIPT_ASCII)}`)
    .replace(/\P{ASCII}\p{M}*/gu, (character) => known(character) ?? (keepUnknown ? character : '?'))
    .replace(/\p{M}+/gu, (marks) => (keepUnknown ? marks : ''));
}

function known(character: string): string | undefined {
  const direct = SPELLINGS.get(character) ?? SPELLINGS.get(character.replace(/\p{M}+/gu, ''));
  if (direct !== undefined) return direct;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2500 && code <= 0x257f) return boxDrawing(character);
  if (code >= 0x2580 && code <= 0x259f) return '#';
  const plain = character.normalize('NFKD').replace(/\p{M}+/gu, '');
  return /^\p{ASCII}+$/u.test(plain) ? plain : undefined;
}

function boxDrawing(character: string): string {
  if ('─━═╌╍┄┅┈┉╴╶╸╺'.includes(character)) return '-';
  if ('│┃║╎╏┆┇┊┋╵╷╹╻'.includes(character)) return '|';
  return '+';
}

function spell(run: string, from: string, to: string): string {
  return [...run].map((character) => to[[...from].indexOf(character)] ?? '').join('');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
// Invisible or reordering: soft hyphen, zero-width, bidi marks and overrides, line separators, BOM, tags, what is no character; and halves of surrogate pairs.
const DECEPTIVE =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SHORT: Record<string, string> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\u001b': '\\x1b' };

/** One visible stand-in a character: Unicode's control pictures (`␛`, one column wide), or a backslash escape where they will not do. */
export function visible(text: string, unicode: boolean): string {
  return text
    .replace(CONTROL, (character) => {
      const code = character.charCodeAt(0);
      if (unicode && code < 0x20) return String.fromCharCode(0x2400 + code);
      if (unicode && code === 0x7f) return '␡';
      return SHORT[character] ?? `\\x${code.toString(16).padStart(2, '0')}`;
    })
    .replace(DECEPTIVE, escapeUnit);
}

/** For machine formats: only what a terminal would obey is escaped, as `\uXXXX`; line ends and tabs stay. */
export function disarm(text: string): string {
  return text
    .replace(CONTROL, (c) => (c === '\n' || c === '\r' || c === '\t' ? c : escapeUnit(c)))
    .replace(DECEPTIVE, escapeUnit);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
