// Text as XML 1.0 can hold it: what it has no character for is shown as an escape, never left out.

import { disarm } from '../../render/visible.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** For the content of an element. */
export const xmlText = (text: string): string => disarm(text).replace(/[&<>"\r]/g, (c) => entities[c]!);

/** For an attribute in double quotes, whose line ends and tabs a reader would turn into blanks. */
export const xmlAttribute = (text: string): string => xmlText(text).replace(/[\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);

/** ` name="value"` for each that is there. */
export const xmlAttributes = (values: { readonly [name: string]: string | number | undefined }): string =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${xmlAttribute(String(value))}"`))
    .join('');
