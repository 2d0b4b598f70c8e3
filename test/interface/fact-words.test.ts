import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../tools/source-files.ts';

// The console is a room apart: what it says is read as text.
const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');
const WORDS = read('console', 'src', 'util', 'fact-words.ts');

/** The Chinese words of one list of the console, by key. */
function wordsOf(list: string): Map<string, string> {
  const start = WORDS.indexOf(`const ${list}`);
  const body = WORDS.slice(start, WORDS.indexOf('}', start));
  return new Map(
    [...body.matchAll(/'?([\w./-]+)'?: '([^']+)'/g)].map(([, key, word]) => [key!, word!]),
  );
}

const unionIn = (source: string, name: string): string[] => {
  const start = source.indexOf(`type ${name} =`);
  return [...source.slice(start, source.indexOf(';', start)).matchAll(/'([\w-]+)'/g)].map(
    ([, one]) => one!,
  );
};

const facts = readdirSync(join(ROOT, 'src', 'domain', 'facts'))
  .map((file) => read('src', 'domain', 'facts', file))
  .concat(read('src', 'domain', 'fact.ts'), read('src', 'domain', 'site-facts.ts'))
  .concat(read('src', 'domain', 'account-facts.ts'))
  .flatMap((source) => [...source.matchAll(/^ {2}'((?:site|account|round|subject)\.\w+)':/gm)])
  .map(([, key]) => key!);

it.each([
  ['FACT_KEYS', facts, 30],
  ['PAGE_ROLES', unionIn(read('src', 'domain', 'crawl.ts'), 'PageRole'), 12],
  ['ERROR_CLASSES', unionIn(read('src', 'domain', 'site-facts.ts'), 'VisitErrorClass'), 11],
])(
  'what gathering speaks of has its own Chinese word in the console: %s',
  (list, keys, atLeast) => {
    expect(keys.length).toBeGreaterThanOrEqual(atLeast);
    const words = wordsOf(list);
    expect(keys.filter((key) => !/[\u4e00-\u9fff]|^IPv6$/.test(words.get(key) ?? ''))).toEqual([]);
    // Two of one name could not be told apart.
    expect(new Set(keys.map((key) => words.get(key))).size).toBe(new Set(keys).size);
  },
);
