// Makes text from outside harmless: a control character, an escape sequence or a direction override is shown, never obeyed.

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
