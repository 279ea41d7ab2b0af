// Markdown on a terminal: paragraphs wrapped, code as it stands, tables in columns. Words alone where there is no colour; `code` keeps
// its marks there, because a name must be told from a word.

import type { List, PhrasingContent, RootContent, Table } from 'mdast';
import { wrap } from '../render/columns.ts';
import table from '../render/figures/table.ts';
import { legible } from '../render/legible.ts';
import type { Look } from '../render/look.ts';

/** The lines of some blocks, an empty one between them. */
export function typeset(nodes: readonly RootContent[], look: Look): string[] {
  return nodes
    .map((node) => block(node, look))
    .filter((lines) => lines.length > 0)
    .flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

/** Prose longer than this tires the eye. */
const longestLine = 88;

function block(node: RootContent, look: Look): string[] {
  const width = Math.min(look.width, longestLine);
  switch (node.type) {
    case 'heading':
      return wrap(inline(node.children, look), width).map((line) => look.paint.bold(line));
    case 'paragraph':
      return paragraph(node.children, width, look);
    case 'code':
      return node.value.split('\n').map((line) => look.paint.cyan(`    ${legible(line, look)}`.trimEnd()));
    case 'list':
      return list(node, look);
    case 'blockquote': {
      const bar = look.unicode ? '│ ' : '| ';
      return typeset(node.children, { ...look, width: width - 2 }).map((line) => look.paint.dim(bar) + line);
    }
    case 'table':
      return tabulated(node, look);
    case 'thematicBreak':
      return [look.plain ? '' : look.paint.dim((look.unicode ? '─' : '-').repeat(Math.min(20, width)))];
    default:
      return [];
  }
}

/** A line break of the text stays one. */
function paragraph(children: readonly PhrasingContent[], width: number, look: Look): string[] {
  return inline(children, look)
    .split('\n')
    .flatMap((line) => wrap(line, width));
}

function list({ children, ordered, start }: List, look: Look): string[] {
  const bullet = look.unicode ? '• ' : '- ';
  const loose = children.some((item) => item.spread === true);
  return children.flatMap((item, i) => {
    const mark = ordered === true ? `${(start ?? 1) + i}. ` : bullet;
    const indent = ' '.repeat(mark.length);
    const lines = typeset(item.children, { ...look, width: look.width - mark.length });
    const marked = lines.map((line, k) => (line === '' ? '' : (k === 0 ? mark : indent) + line));
    return loose && i > 0 ? ['', ...marked] : marked;
  });
}

function tabulated({ align, children }: Table, look: Look): string[] {
  const [titles, ...rows] = children.map((row) => row.children.map((cell) => inline(cell.children, look)));
  const columns = titles!.map((title, i) => ({
    title,
    align: align?.[i] === 'right' ? ('right' as const) : ('left' as const),
  }));
  return table.draw({ kind: 'table', title: '', columns, rows }, look);
}

/** One sentence of plain text with `code` in it: its marks stay where there is no colour, as in prose. */
export function coded(text: string, look: Look): string {
  const shown = legible(text, look);
  if (look.level === 0) return shown;
  return shown.replace(/`([^`]+)`/g, (_, code: string) => code.replace(/\S+/g, (word) => look.paint.cyan(word)));
}

type Paint = (text: string) => string;

/** Words with their style; each is painted by itself, so that no colour runs over the end of a line. */
export function inline(children: readonly PhrasingContent[], look: Look, paint: Paint = (text) => text): string {
  const styled =
    (style: Paint): Paint =>
    (text) =>
      style(paint(text));
  const each = (text: string, by: Paint): string => legible(text, look).replace(/\S+/g, (word) => by(word));
  return children
    .map((node): string => {
      switch (node.type) {
        case 'text':
          return each(node.value.replace(/\n/g, ' '), paint);
        case 'inlineCode': {
          // A line of the source may end within it, which CommonMark takes for a blank.
          const code = node.value.replaceAll('\n', ' ');
          return look.level === 0 ? `\`${legible(code, look)}\`` : each(code, styled(look.paint.cyan));
        }
        case 'emphasis':
          return inline(node.children, look, styled(look.paint.italic));
        case 'strong':
          return inline(node.children, look, styled(look.paint.bold));
        case 'break':
          return '\n';
        case 'link': {
          const words = inline(node.children, look, paint);
          return words === node.url || node.url === '' ? words : `${words} (${node.url})`;
        }
        default:
          return '';
      }
    })
    .join('');
}
