import { readFileSync } from 'node:fs';
import { resolveRuleset } from '../domain/resolve-ruleset.ts';
import type { Ruleset } from '../domain/ruleset.ts';

/** A committed ruleset, with the national one under it. */
export function testRuleset(id: 'national-2019' | 'hunan-2020'): Ruleset {
  const ids = id === 'national-2019' ? [id] : ['national-2019', id];
  const folder = new URL('../../rulesets/', import.meta.url);
  return resolveRuleset(
    ids.map((each) => JSON.parse(readFileSync(new URL(`${each}.json`, folder), 'utf8')) as unknown),
  );
}
