import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RulesetFile, resolveRuleset } from '../domain/resolve-ruleset.ts';
import type { Ruleset } from '../domain/ruleset.ts';
import { UserError } from '../lib/pure/errors.ts';

/** A ruleset extends at most this many others in a row. */
const BASES_MAX = 8;
export const RULESET_ID = /^[a-z0-9][a-z0-9-]{0,60}$/;

export interface ShippedRuleset {
  readonly ruleset: Ruleset;
  /** Id of the ruleset that it changes, or null. */
  readonly extends: string | null;
}

/** Reads `<id>.json` and its bases. Throws {@link UserError} `ruleset.unknown`, `ruleset.depth` or `ruleset.invalid`. */
export async function readShipped(folder: string, id: string): Promise<ShippedRuleset> {
  const files: RulesetFile[] = [];
  for (let next: string | undefined = id; next !== undefined; next = files[0]?.extends) {
    if (files.length >= BASES_MAX)
      throw new UserError('ruleset.depth', `规则集 ${id} 的继承超过 ${BASES_MAX} 层。`, {
        field: 'ruleset',
      });
    files.unshift(await readRulesetFile(folder, next));
  }
  return { ruleset: resolveRuleset(files), extends: files.at(-1)?.extends ?? null };
}

async function readRulesetFile(folder: string, id: string): Promise<RulesetFile> {
  if (!RULESET_ID.test(id))
    throw new UserError('ruleset.unknown', `没有“${id}”这个规则集。`, { field: 'ruleset' });
  const text = await readFile(join(folder, `${id}.json`), 'utf8').catch((cause: unknown) => {
    throw new UserError('ruleset.unknown', `没有“${id}”这个规则集；可用的见 rulesets/。`, {
      field: 'ruleset',
      cause,
    });
  });
  return JSON.parse(text) as RulesetFile;
}

/** Ids of the shipped rulesets, in the order of their names. */
export async function shippedIds(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .filter((id) => RULESET_ID.test(id))
    .sort();
}
