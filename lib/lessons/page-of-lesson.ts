// A lesson as one HTML page that asks for nothing from anywhere: to read, to print, or section by section as slides. What is asked is asked;
// answers open when they are clicked. A bundle of its own (build.js).

import { toHtml } from 'hast-util-to-html';
import type { RootContent } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import { counted } from '../numbers/counted.ts';
import type { Result } from '../render/result.ts';
import { filled, filledText } from './fill.ts';
import { letterOf, rightAnswer } from './judge.ts';
import type { EditableCell, Lesson, Part, Quiz, Shown } from './lesson.ts';
import type { Runs } from './measured.ts';
import { chosen, exerciseCommand } from './sheet.ts';
import type { LessonRuns } from './whole.ts';

type Charts = typeof import('../render/charts.ts');

export interface PageOptions {
  readonly slides: boolean;
  /** Of the text. */
  readonly language: string;
}

/** The whole page. Throws Unresolved, and whatever a command throws. */
export async function pageOfLesson(
  lesson: Lesson,
  runs: LessonRuns,
  { slides, language }: PageOptions,
): Promise<string> {
  const charts = await import('../render/charts.ts');
  const { element, escaped, wholePage } = charts;
  const about = `${lesson.tracks.join(', ')} · about ${counted(lesson.minutes, 'minute')}`;
  const title = element('h1', {}, escaped(lesson.title)) + element('p', { class: 'settings' }, escaped(about));
  const sections: string[][] = [[title]];
  for (const [i, part] of lesson.parts.entries()) {
    const writer = new PartWriter(charts, runs.upTo(i));
    // A section begins at a heading of the second level; on slides, so does every part that is not prose.
    if (part.kind === 'prose')
      for (const nodes of atHeadings(part.nodes)) {
        if (nodes[0]?.type === 'heading' && nodes[0].depth === 2) sections.push([]);
        sections.at(-1)!.push(await writer.prose(nodes));
      }
    else {
      if (slides) sections.push([]);
      sections.at(-1)!.push(await writer.block(part));
    }
  }
  const main = sections
    .filter((markup) => markup.length > 0)
    .map((markup) => element('section', {}, '\n', markup.join('\n'), '\n'))
    .join('\n');
  const style = lessonStyle + (slides ? slideStyle : '');
  return wholePage({ title: lesson.title, language, main, style, ...(slides ? { script: slideScript } : {}) });
}

function atHeadings(nodes: readonly RootContent[]): RootContent[][] {
  const groups: RootContent[][] = [];
  for (const node of nodes) {
    if (groups.length === 0 || (node.type === 'heading' && node.depth === 2)) groups.push([]);
    groups.at(-1)!.push(node);
  }
  return groups;
}

class PartWriter {
  readonly #charts: Charts;
  readonly #runs: Runs;

  constructor(charts: Charts, runs: Runs) {
    this.#charts = charts;
    this.#runs = runs;
  }

  /** Raw HTML in the Markdown is left out. */
  async prose(nodes: readonly RootContent[]): Promise<string> {
    return toHtml(toHast({ type: 'root', children: await filled(nodes, this.#runs) }));
  }

  async block(part: Exclude<Part, { kind: 'prose' }>): Promise<string> {
    const { element, escaped } = this.#charts;
    switch (part.kind) {
      case 'run':
        return this.#run(part.name, part.command, part.show);
      case 'cell':
        return this.#cell(part);
      case 'predict': {
        const choices = part.guess.kind === 'choice' ? this.#choices(part.guess.choices) : '';
        const answer =
          (await this.#run(part.run.name, part.run.command, part.run.show)) + (await this.prose(part.because));
        return this.#asked(part.question, choices, 'See what is measured', answer);
      }
      case 'quiz':
        return this.#quiz(part);
      case 'reveal':
        return this.#asked(part.question, '', 'Answer', await this.prose(part.nodes));
      case 'exercise':
        return (await this.prose(part.says)) + element('pre', { class: 'command' }, escaped(exerciseCommand(part)));
    }
  }

  async #run(name: string, command: string, show: Shown): Promise<string> {
    const { element, escaped } = this.#charts;
    const line = element('pre', { class: 'command' }, escaped(`$ unroll ${command}`));
    return [line, ...this.#result(await this.#runs.result(name), show)].join('\n');
  }

  #result(result: Result, show: Shown): string[] {
    const shown = chosen(result, show);
    if (shown.figures.length === 0 && shown.claims.length === 0) return [];
    return this.#charts.resultMarkup(shown, 'h3', false).filter((markup) => markup !== '');
  }

  async #cell({ text, name, command, show }: EditableCell): Promise<string> {
    const { element, escaped } = this.#charts;
    const equations = element('pre', {}, escaped(text));
    if (command === undefined) return equations;
    return [equations, ...this.#result(await this.#runs.result(name), show)].join('\n');
  }

  #choices(choices: readonly string[]): string {
    const { element, escaped } = this.#charts;
    return element('ol', { class: 'choices' }, ...choices.map((choice) => element('li', {}, escaped(choice))));
  }

  async #quiz({ question, asks }: Quiz): Promise<string> {
    const { element, escaped } = this.#charts;
    const choices = asks.kind === 'choice' ? this.#choices(asks.choices.map(({ text }) => text)) : '';
    const said = async (text: string): Promise<string> => escaped(await filledText(text, this.#runs));
    const right = element('p', {}, element('b', {}, escaped(await rightAnswer(asks, this.#runs))));
    const all =
      asks.kind === 'choice'
        ? await Promise.all(asks.choices.map(async ({ because }, i) => `${letterOf(i)}) ${await said(because)}`))
        : [await said(asks.because)];
    return this.#asked(question, choices, 'Answer', right + all.map((text) => element('p', {}, text)).join('\n'));
  }

  async #asked(question: string, choices: string, summary: string, answer: string): Promise<string> {
    const { element, escaped } = this.#charts;
    const { markdown } = await import('./page.ts');
    const words = element('div', { class: 'question' }, await this.prose(markdown(question)));
    const hidden = element('details', {}, element('summary', {}, escaped(summary)), '\n', answer, '\n');
    return element('div', { class: 'asked' }, words, choices, hidden);
  }
}

const lessonStyle = `
section>:first-child{margin-top:0}
section{margin:0 0 36px}
.asked{border-left:3px solid var(--rule);padding-left:16px;margin:28px 0}
.question{font-weight:bold}
.question p{margin:0 0 8px}
.choices{list-style:lower-alpha;margin:0 0 8px;padding-left:28px}
summary{cursor:pointer;color:var(--faint)}
p code,li code,td code{background:var(--panel);border-radius:3px;padding:0 3px}
h3{font-size:16px;margin:20px 0 0}
`;

const slideStyle = `
@media screen{
html{scroll-snap-type:y mandatory}
main{max-width:1000px}
section{min-height:100vh;scroll-snap-align:start;margin:0;padding:5vh 0;font-size:20px}
section figure{max-width:800px}
}
@media print{section{break-after:page}}
`;

/** Arrow keys, space and page keys go from slide to slide; a slide that is taller than the screen is scrolled as usual. */
const slideScript = `
const slides = [...document.querySelectorAll('section')];
document.addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (step === undefined || event.target.closest('svg[data-hover]')) return;
  const at = slides.findLastIndex((slide) => slide.getBoundingClientRect().top <= 8);
  const next = slides[Math.max(0, Math.min(slides.length - 1, at + step))];
  event.preventDefault();
  next.scrollIntoView();
});
`;
