/** `lstm_step` as JavaScript writes it: `lstmStep`. */
export const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
