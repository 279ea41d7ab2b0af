// A report in the format that was asked for.

import type { FigureOptions } from '../../../render/look.ts';
import type { Report } from '../report.ts';
import { text } from './text.ts';

export const reportFormats = ['text', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export async function reported(
  report: Report,
  format: ReportFormat,
  options: FigureOptions & { readonly quiet?: boolean },
): Promise<string> {
  if (format === 'text') return text(report, options);
  return `${JSON.stringify(report, null, 2)}\n`;
}
