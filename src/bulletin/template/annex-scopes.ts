import type { PercentStyle } from '../../domain/ruleset.ts';
import type { BulletinAccountRow, BulletinSiteRow, OrderedUnitRow } from '../bulletin.ts';
import {
  count,
  countFields,
  printed,
  type Scope,
  type TextFacts,
  type Value,
  words,
} from './values.ts';

export const scope = (entries: readonly (readonly [string, Value])[]): Scope => new Map(entries);

/** The lists of which the founding document's annexes are made, from the bulletin's own rows: also of one that was built long ago. */
export function annexScopes(
  facts: Pick<TextFacts, 'sitesByUnit' | 'accountsByUnit' | 'failingSites' | 'failingAccounts'>,
  percent: PercentStyle,
): readonly (readonly [string, readonly Scope[]])[] {
  return [
    ['siteUnits', unitScopes(facts.sitesByUnit, 'sites', percent)],
    ['accountUnits', unitScopes(facts.accountsByUnit, 'accounts', percent)],
    ['failingSites', facts.failingSites.map(siteScope)],
    ['failingAccounts', facts.failingAccounts.map(accountScope)],
  ];
}

function unitScopes(
  rows: readonly OrderedUnitRow[],
  kind: 'sites' | 'accounts',
  percent: PercentStyle,
): Scope[] {
  return rows.map((row) =>
    scope([
      ['order', count(row.order)],
      ['unit', words(row.unit)],
      ...countFields(row, kind, percent, { printRow: row.unit }),
      ['failRate', printed(row.ratio, { rows: `failing-${kind}`, printRow: row.unit })],
    ]),
  );
}

function siteScope({ order, unit, name, problems: each, siteCode }: BulletinSiteRow): Scope {
  return scope([
    ['order', count(order)],
    ['unit', words(unit)],
    ['name', words(name)],
    ['problems', words(each.join('\n'))],
    ['siteCode', words(siteCode)],
  ]);
}

function accountScope(row: BulletinAccountRow): Scope {
  return scope([
    ['order', count(row.order)],
    ['unit', words(row.unit)],
    ['name', words(row.name)],
    ['problems', words(row.problems.join('\n'))],
    ['operator', words(row.operator)],
    ['platform', words(row.platform)],
    ['lastUpdated', words(row.lastUpdatedPrinted)],
  ]);
}
