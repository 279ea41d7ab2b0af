// A Result as one HTML page that asks for nothing from anywhere: the figures with their values under the pointer, what was measured, and how it was made.

import { createHash } from 'node:crypto';
import { claimMarkup } from '../claims.ts';
import { type Figure, settingsOf } from '../kind.ts';
import { legible } from '../legible.ts';
import { shown } from '../look.ts';
import { readable } from '../readable.ts';
import type { Json, Result } from '../result.ts';
import { hoverAttributes } from './drawing.ts';
import { chartOf, figureDrawing } from './figure-drawing.ts';
import { element, escaped, greyed } from './markup.ts';
import { pageScript, pageStyle } from './page-assets.ts';

export interface ChartOptions {
  /** Black, white and greys only. */
  readonly grey?: boolean;
  /** No notes and nothing to try next. */
  readonly quiet?: boolean;
  /** The command line that made it, for a shell; FILE in it stands for standard input. */
  readonly command?: string | undefined;
}

/** Pixels that a drawing has on a page, and on a telephone. */
const WIDE = 752;
const NARROW = 340;

/** Ends with a line feed. No more may run or be loaded than what is in it: the policy in its head names the script by its hash. */
export function html(result: Result, { grey = false, quiet = false, command }: ChartOptions = {}): string {
  const { question, notes, next } = readable(result, shown, chartOf);
  const main = [
    ...resultMarkup(result, 'h1', grey),
    quiet || notes.length === 0
      ? ''
      : element('div', { class: 'notes' }, ...notes.map((note) => element('p', {}, escaped(note)))),
    ...(quiet ? [] : made(result, command)),
    quiet || next === undefined ? '' : tryNext(next),
  ];
  return wholePage({ title: question, language: 'en', main: main.filter((part) => part !== '').join('\n') });
}

/** The question, the figures and the claims of a Result; what is empty is left out by the caller. */
export function resultMarkup(result: Result, heading: 'h1' | 'h3', grey: boolean): string[] {
  const { question, settings, figures, titles, claims } = readable(result, shown, chartOf);
  return [
    element(heading, {}, escaped(question)),
    settings === undefined ? '' : element('p', { class: 'settings' }, escaped(settings)),
    ...figures.map((figure, index) => figureMarkup(figure, { named: titles[index]!, grey })),
    claims.length === 0
      ? ''
      : element('ul', { class: 'claims' }, '\n', ...claims.map((claim) => `${claimMarkup(claim, grey)}\n`)),
  ];
}

interface PageParts {
  readonly title: string;
  readonly language: string;
  /** Markup. */
  readonly main: string;
  /** Rules and script beside those of every page. */
  readonly style?: string;
  readonly script?: string;
}

/** A page that asks for nothing from anywhere. Ends with a line feed. */
export function wholePage({ title, language, main, style = '', script = '' }: PageParts): string {
  const page = element('main', {}, '\n', main, '\n');
  const run = pageScript + script;
  const body = element('body', {}, '\n', page, '\n', element('script', {}, run), '\n');
  const whole = head(title, pageStyle + style, run);
  return `<!DOCTYPE html>\n${element('html', { lang: language }, '\n', whole, '\n', body, '\n')}\n`;
}

function head(question: string, style: string, script: string): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
  const parts = [
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('title', {}, escaped(question)),
    element('style', {}, style),
  ];
  return element('head', {}, '\n', parts.join('\n'), '\n');
}

interface Look {
  /** For whoever cannot see it. */
  readonly named: string;
  readonly grey: boolean;
}

function figureMarkup(figure: Figure, look: Look): string {
  const title = figure.title.trim() === '' ? '' : element('b', {}, escaped(figure.title));
  const settings = settingsOf(figure);
  const small = settings === undefined ? '' : element('p', { class: 'settings' }, escaped(settings));
  const caption = title + small === '' ? '' : `${element('figcaption', {}, title, small)}\n`;
  return element('figure', {}, '\n', caption, figureBody(figure, look), '\n');
}

function figureBody(figure: Figure, look: Look): string {
  const { markup } = chartOf(figure);
  if (markup !== undefined) return markup(figure, () => drawing(figure, WIDE, look));
  return `${drawing(figure, WIDE, look, 'wide')}\n${drawing(figure, NARROW, look, 'narrow')}`;
}

function drawing(figure: Figure, room: number, { named, grey }: Look, name?: string): string {
  const { width, height, body, hover } = figureDrawing(figure, { width: room, bare: true });
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  const size = { width: w, height: h, viewBox: `0 0 ${w} ${h}`, class: name };
  const look = { ...size, role: 'img', 'aria-label': named, ...hoverAttributes(hover) };
  return element('svg', look, '\n', grey ? greyed(body) : body, '\n');
}

/** The command line, where there was one, and every option that shaped the numbers, as the Result has them. */
function made(result: Result, command: string | undefined): string[] {
  const rows = Object.entries({ ...result.options, seed: result.seed }).map(([name, value]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, escaped(legible(name, shown))),
      element('td', {}, escaped(legible(inWords(value), shown))),
    ),
  );
  return [
    element('h2', {}, 'How it was made'),
    ...(command === undefined || unwritable.test(command)
      ? []
      : [element('pre', { class: 'command' }, escaped(command))]),
    command?.endsWith(' < FILE')
      ? element('p', { class: 'settings' }, 'FILE stands for a file with the contents of standard input.')
      : '',
    element('div', { class: 'scroll' }, element('table', { class: 'made' }, element('tbody', {}, rows.join('\n')))),
  ];
}

/** Control characters, but for tab and line feed, which a page cannot hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is meant
const unwritable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const MOST = 12;

function inWords(value: Json): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  const items: readonly Json[] = value;
  const first = items.slice(0, MOST).map((item) => (Array.isArray(item) ? `[${inWords(item)}]` : inWords(item)));
  return `${first.join(', ')}${items.length > MOST ? `, … (${items.length} in all)` : ''}`;
}

function tryNext({ says, command }: { readonly says: string; readonly command: string }): string {
  return [
    element('h2', {}, 'Try next'),
    element('p', {}, escaped(says)),
    element('pre', { class: 'command' }, escaped(command)),
  ].join('\n');
}
