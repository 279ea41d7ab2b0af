// Words as a terminal or a listener can take them: control characters shown, what we write beyond ASCII (mathematics, typography, box
// drawing) transliterated for `--ascii`, or spelt for `--plain`.

import type { Figure, Kind } from './kind.ts';
import type { Look, Readable } from './look.ts';
import { visible } from './visible.ts';

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
