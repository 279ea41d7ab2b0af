// The library alone, for a bundle of its own: what reads no file starts without it.

export { CsvError, parse } from 'csv-parse/sync';
