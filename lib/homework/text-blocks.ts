// Texts in blocks, as `mistakes.txt` of an exercise and the messages are written, with an empty line between two and `#` before what is a comment:
//
//     name: a text
//       key: a line
//       key: another

export interface TextBlock {
  readonly name: string;
  readonly text: string;
  /** The lines of that key. */
  readonly values: (key: string) => readonly string[];
}

/** `text` is empty where nothing stands behind the name. */
export const textBlocks = (text: string): TextBlock[] =>
  text
    .trim()
    .split(/\n{2,}/)
    .filter((block) => !block.startsWith('#'))
    .map(blockOf);

function blockOf(block: string): TextBlock {
  const [[name, text] = ['', ''], ...lines] = block.split('\n').map((line): readonly [string, string] => {
    const [, key, value] = /^ *([\w-]+): ?(.*)$/.exec(line) ?? [];
    return [key ?? line, value ?? ''];
  });
  return { name, text, values: (key) => lines.flatMap(([other, value]) => (other === key ? [value] : [])) };
}
