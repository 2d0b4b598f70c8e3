import type { FrozenRound } from '../../inspection/index.ts';
import type { BulletinAccountRow, BulletinSiteRow } from '../bulletin.ts';
import { inPrintOrder } from '../compose-tables.ts';
import {
  accountName,
  examplesOf,
  groupProblems,
  groupRepeats,
  groupSeveral,
  NO_ITEMS,
  siteName,
  subjectName,
  topicsOf,
} from '../problem-groups.ts';
import { problemWords } from '../problem-words.ts';
import type { RowsRef } from '../rich-text.ts';
import { annexScopes, scope } from './annex-scopes.ts';
import type { Template } from './template.ts';
import {
  count,
  countFields,
  printed,
  type Scope,
  type TextFacts,
  type Value,
  words,
} from './values.ts';

type Collections = ReadonlyMap<string, readonly Scope[]>;

/** The lists that sentences and annexes go through. Adds the fields of accounts without any item, which are a list of their own. */
export function collectionsOf(
  facts: TextFacts,
  frozen: FrozenRound,
  template: Template,
  fields: Map<string, Value>,
): Collections {
  const none = facts.failingAccounts.filter((row) => row.lastUpdatedPrinted === NO_ITEMS);
  const { examples } = template.limits;
  fields.set('noItems', count(none.length, { rows: 'failing-accounts', noItems: true }));
  fields.set('noItems.examples', words(examplesOf(none, examples)));
  return new Map<string, readonly Scope[]>([
    ['repeats', repeats(frozen, template)],
    ['siteProblems', problems(frozen, facts.failingSites, 'failing-sites', template)],
    ['accountProblems', problems(frozen, facts.failingAccounts, 'failing-accounts', template)],
    ['heldUnits', heldUnits(facts)],
    ['severalProblems', several(facts, frozen, template)],
    ['platforms', platforms(frozen)],
    ...annexScopes(facts, frozen.round.ruleset.percent),
  ]);
}

function repeats(frozen: FrozenRound, { limits, words: own }: Template): Scope[] {
  const repeated = inPrintOrder(
    frozen,
    frozen.failing.filter((each) => each.repeatedRules.length > 0),
  );
  return [...groupRepeats(frozen, repeated)].map(([topics, each]) =>
    scope([
      [
        'names',
        words(
          each
            .slice(0, limits.named)
            .map(({ subject }) => subjectName(subject))
            .join('、'),
        ),
      ],
      ['count', count(each.length, { rows: 'repeat', topics })],
      ['topic', words(topicsOf(frozen, each[0]?.repeatedRules ?? [], own))],
    ]),
  );
}

function problems<Row extends BulletinSiteRow | BulletinAccountRow>(
  frozen: FrozenRound,
  rows: readonly Row[],
  kind: 'failing-sites' | 'failing-accounts',
  { limits, words: own }: Template,
): Scope[] {
  return [...groupProblems(frozen, rows)].map(([predicate, { ruleId, rows: of }]) => {
    const ref = ruleId === null ? { byScore: true } : { ruleId };
    const said =
      ruleId === null ? predicate : problemWords(frozen.round.ruleset, ruleId, own).predicate;
    return scope([
      ['names', words(of.slice(0, limits.named).map(nameOf).join('、'))],
      ['count', count(of.length, { rows: kind, ...ref })],
      ['predicate', words(said)],
    ]);
  });
}

const nameOf = (row: BulletinSiteRow | BulletinAccountRow): string =>
  'siteCode' in row ? siteName(row.unit, row.name) : accountName(row);

/** Units that hold a large share of the failing accounts; the denominator is said (bulletin-form §2). */
function heldUnits({ accountsByUnit, printed: rates }: TextFacts): Scope[] {
  return accountsByUnit.flatMap((row) => {
    const share = rates.shareOfFailingAccounts[row.unit];
    if (share === undefined) return [];
    const ref: RowsRef = { rows: 'failing-accounts', printRow: row.unit };
    return [
      scope([
        ['unit', words(row.unit)],
        ['count', count(row.failing, ref)],
        ['share', printed(share, ref)],
      ]),
    ];
  });
}

/** One for every combination of problems that accounts have at once. */
function several({ failingAccounts }: TextFacts, frozen: FrozenRound, template: Template): Scope[] {
  return [...groupSeveral(frozen, failingAccounts)].map(([topics, rows]) => {
    const ref: RowsRef = { rows: 'failing-accounts', topics };
    const rules = rows[0]?.rules ?? [];
    return scope([
      ['examples', words(examplesOf(rows, template.limits.examples))],
      ['count', count(rows.length, ref)],
      ['topics', words(topicsOf(frozen, rules, template.words))],
      ['size', count(rules.length, ref)],
    ]);
  });
}

/** Platforms of the accounts in the round, the largest first. */
function platforms({ subjects, failing, round }: FrozenRound): Scope[] {
  const counts = new Map<string, { running: number; checked: number; failing: number }>();
  for (const { subject, checked } of subjects) {
    if (subject.kind !== 'account') continue;
    const known = counts.get(subject.platform) ?? { running: 0, checked: 0, failing: 0 };
    known.running += 1;
    known.checked += checked ? 1 : 0;
    counts.set(subject.platform, known);
  }
  for (const { subject } of failing) {
    const known = subject.kind === 'account' ? counts.get(subject.platform) : undefined;
    if (known) known.failing += 1;
  }
  const inOrder = [...counts].sort(
    ([a, { running: most }], [b, { running }]) => running - most || (a < b ? -1 : 1),
  );
  return inOrder.map(([platform, row], index) =>
    scope([
      ['order', count(index + 1)],
      ['platform', words(platform)],
      ...countFields(row, 'accounts', round.ruleset.percent, { platform }),
    ]),
  );
}
