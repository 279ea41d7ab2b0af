// A lesson as one HTML page that asks for nothing from anywhere: to read, to print, or section by section as slides. What is asked is asked;
// answers open when they are clicked. A bundle of its own (build.js).

import { toHtml } from 'hast-util-to-html';
import type { RootContent } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import { counted } from '../numbers/counted.ts';
import { letterOf, rightAnswer } from './judge.ts';
import type { Guess, Lesson, LessonPart, QuizKind, RunBlock } from './lesson.ts';
import { type LessonRuns, type RunResults, withNumbers, withNumbersIn } from './measured.ts';
import { choicesOf, exerciseCommand, selected } from './part-lines.ts';

type Charts = typeof import('../render/charts.ts');

interface PageOptions {
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
  return wholePage({ title: lesson.title, language, main, style, ...(slides && { script: slideScript }) });
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
  readonly #runs: RunResults;

  constructor(charts: Charts, runs: RunResults) {
    this.#charts = charts;
    this.#runs = runs;
  }

  /** Raw HTML in the Markdown is left out. */
  async prose(nodes: readonly RootContent[]): Promise<string> {
    return toHtml(toHast({ type: 'root', children: await withNumbers(nodes, this.#runs) }));
  }

  async block(part: Exclude<LessonPart, { kind: 'prose' }>): Promise<string> {
    const { element, escaped } = this.#charts;
    switch (part.kind) {
      case 'run':
        return this.#run(part);
      case 'cell': {
        const equations = element('pre', {}, escaped(part.text));
        return part.command === undefined ? equations : this.#withResult(equations, part);
      }
      case 'predict': {
        const answer = (await this.#run(part.run)) + (await this.prose(part.because));
        return this.#asked(part.question, part.guess, 'See what is measured', answer);
      }
      case 'quiz':
        return this.#asked(part.question, part.asks, 'Answer', await this.#answer(part.asks));
      case 'reveal':
        return this.#asked(part.question, undefined, 'Answer', await this.prose(part.nodes));
      case 'exercise':
        return (await this.prose(part.says)) + element('pre', { class: 'command' }, escaped(exerciseCommand(part)));
    }
  }

  async #run(run: RunBlock): Promise<string> {
    const { element, escaped } = this.#charts;
    return this.#withResult(element('pre', { class: 'command' }, escaped(`$ unroll ${run.command}`)), run);
  }

  async #withResult(before: string, { name, show }: Pick<RunBlock, 'name' | 'show'>): Promise<string> {
    const shown = selected(await this.#runs.result(name), show);
    const markup = shown === undefined ? [] : this.#charts.resultMarkup(shown, 'h3', false);
    return [before, ...markup.filter((piece) => piece !== '')].join('\n');
  }

  async #answer(asks: QuizKind): Promise<string> {
    const { element, escaped } = this.#charts;
    const said = async (text: string): Promise<string> => escaped(await withNumbersIn(text, this.#runs));
    const right = element('p', {}, element('b', {}, escaped(await rightAnswer(asks, this.#runs))));
    const all =
      asks.kind === 'choice'
        ? await Promise.all(asks.choices.map(async ({ because }, i) => `${letterOf(i)}) ${await said(because)}`))
        : [await said(asks.because)];
    return right + all.map((text) => element('p', {}, text)).join('\n');
  }

  async #asked(question: string, of: Guess | QuizKind | undefined, summary: string, answer: string): Promise<string> {
    const { element, escaped } = this.#charts;
    const { markdown } = await import('./markdown-page.ts');
    const words = element('div', { class: 'question' }, await this.prose(markdown(question)));
    const items = (of === undefined ? [] : choicesOf(of)).map((choice) => element('li', {}, escaped(choice)));
    const choices = items.length === 0 ? '' : element('ol', { class: 'choices' }, ...items);
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
