// Transliterates what we write (mathematics, typography, box drawing) to ASCII, for `--ascii`, and to words, for `--plain`.

const TABLE: Record<string, string> = {
  '∂': 'd',
  '∇': 'grad ',
  '‖': '|',
  '∥': '|',
  '∏': 'prod',
  '∑': 'sum',
  '∫': 'int',
  '√': 'sqrt ',
  '∞': 'inf',
  '±': '+-',
  '∓': '-+',
  '×': 'x',
  '÷': '/',
  '·': '.',
  '⋅': '.',
  '∘': 'o',
  '⊙': '.*',
  '⊗': '(x)',
  '⊕': '(+)',
  '−': '-',
  '∈': 'in',
  '∉': 'not in',
  '∀': 'for all ',
  '∃': 'exists ',
  '¬': 'not ',
  '∧': 'and',
  '∨': 'or',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '≈': '~',
  '≃': '~',
  '≅': '~',
  '≡': '==',
  '∼': '~',
  '∝': 'proportional to',
  '≪': '<<',
  '≫': '>>',
  ℝ: 'R',
  ℕ: 'N',
  ℤ: 'Z',
  ℓ: 'l',
  ᵀ: "'",
  '⊤': "'",
  '′': "'",
  '″': "''",
  '→': '->',
  '←': '<-',
  '↑': '^',
  '↓': 'v',
  '↔': '<->',
  '⇒': '=>',
  '⇐': '<=',
  '⇔': '<=>',
  '↦': '|->',
  '►': '>',
  '◄': '<',
  '▶': '>',
  '◀': '<',
  '▲': '^',
  '▼': 'v',
  '▸': '>',
  '↵': '/',
  '⏎': '/',
  '↳': '->',
  '␣': '_',
  '␊': '\\n',
  '␉': '\\t',
  '␍': '\\r',
  '␛': '\\x1b',
  '␡': '\\x7f',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '‘': "'",
  '’': "'",
  '‚': ',',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '…': '...',
  '⋯': '...',
  '⋮': ':',
  '•': '*',
  '◦': 'o',
  '○': 'o',
  '●': '*',
  '▪': '*',
  '■': '#',
  '□': 'o',
  '✓': '+',
  '✔': '+',
  '✗': 'x',
  '✘': 'x',
  '★': '*',
  '☆': '*',
  '°': ' deg',
  µ: 'u',
  '§': 'section ',
  '¶': '',
  '©': '(c)',
  '®': '(R)',
  '™': '(TM)',
  '€': 'EUR',
  '£': 'GBP',
  '½': '1/2',
  '¼': '1/4',
  '¾': '3/4',
  '‰': ' per mille',
  '†': '+',
  '‡': '++',
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  œ: 'oe',
  Œ: 'OE',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ϵ: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  ν: 'nu',
  ξ: 'xi',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  ς: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'phi',
  ϕ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Ξ: 'Xi',
  Π: 'Pi',
  Σ: 'Sigma',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
  '⟨': '<',
  '⟩': '>',
  '⌊': 'floor(',
  '⌋': ')',
  '⌈': 'ceil(',
  '⌉': ')',
  '░': '.',
  '▒': '+',
  '▓': '*',
  '█': '#',
}; // prettier-ignore

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
  const direct = TABLE[character] ?? TABLE[character.replace(/\p{M}+/gu, '')];
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
