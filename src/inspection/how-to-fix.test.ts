import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RulesetFile } from '../domain/resolve-ruleset.ts';
import { resolveRuleset } from '../domain/resolve-ruleset.ts';
import { hasFixOf, howToFix } from './how-to-fix.ts';

const FOLDER = new URL('../../rulesets/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

const read = (id: string): RulesetFile =>
  JSON.parse(readFileSync(new URL(`${id}.json`, FOLDER), 'utf8')) as RulesetFile;

function withBases(id: string): RulesetFile[] {
  const file = read(id);
  return file.extends === undefined ? [file] : [...withBases(file.extends), file];
}

describe('how to mend', () => {
  it.each(FILES.map((name) => name.replace('.json', '')))('every rule of %s that is on', (id) => {
    const on = resolveRuleset(withBases(id)).rules.filter(({ enabled }) => enabled);
    expect(on.length).toBeGreaterThan(10);
    expect(on.filter((rule) => !hasFixOf(rule.id)).map((rule) => rule.id)).toEqual([]);
  });

  it('every rule that may be switched on', () => {
    const known = resolveRuleset(withBases('national-2019')).rules;
    expect(known.filter((rule) => !hasFixOf(rule.id)).map((rule) => rule.id)).toEqual([]);
    for (const { id } of known) expect(howToFix(id)).toMatch(/^[^\s].*。$/);
  });

  it('a rule of an office’s own has words too', () => {
    expect(howToFix('site.own')).toContain('主管单位');
  });
});
