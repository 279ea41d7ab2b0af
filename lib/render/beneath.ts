// A figure under the question it answers: what the first line says already is not said again.

import type { Figure } from './result.ts';

export function settingsOf(figure: Figure): string | undefined {
  return 'settings' in figure ? figure.settings : undefined;
}

/** `question` and `settings` are what is written above. */
export function beneath(figure: Figure, question: string, settings: string | undefined): Figure {
  const untitled = figure.title === question ? { ...figure, title: '' } : figure;
  if (!('settings' in untitled) || untitled.settings !== settings) return untitled;
  const { settings: _, ...rest } = untitled;
  return rest;
}
