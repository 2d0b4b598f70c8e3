import { readdirSync, readFileSync } from 'node:fs';
import { decodePage } from '../../derive/page/decode-page.ts';

const FOLDER = new URL('../../derive/page/fixtures/real/', import.meta.url);

/** The real pages of the fixtures, decoded. */
export const REAL_PAGES: readonly (readonly [name: string, html: string])[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.html'))
  .map((name) => [name, decodePage(readFileSync(new URL(name, FOLDER))).text]);
