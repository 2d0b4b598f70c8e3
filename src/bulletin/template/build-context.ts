import { parsePeriod } from '../../domain/period.ts';
import type { PercentStyle } from '../../domain/ruleset.ts';
import type { FrozenRound } from '../../inspection/index.ts';
import { chineseDate, isCalendarDate } from '../../lib/pure/dates.ts';
import { formatRatio } from '../../scoring/index.ts';
import { type Bulletin, type Issue, type OrderedUnitRow, TO_FILL } from '../bulletin.ts';
import { inPrintOrder, isSoundPlace } from '../compose-tables.ts';
import type { Place } from '../place.ts';
import { joinWords, previousPeriodWords, thisPeriod } from '../text-words.ts';
import { collectionsOf } from './collections.ts';
import { GIVEN_FIELDS, GIVEN_RATES } from './fields.ts';
import type { Template } from './template.ts';
import {
  type Context,
  count,
  countFields,
  printed,
  type TextFacts,
  UNKNOWN,
  type Value,
  words,
} from './values.ts';

/** Who organised the check: the issuing office by name once it is known. */
export function organiserOf({ issuer }: Pick<Bulletin, 'issuer'>): string {
  return issuer === TO_FILL ? '我单位' : issuer;
}

/** Everything that sentences of a template may name, of one round. */
export function buildContext(
  facts: TextFacts,
  frozen: FrozenRound,
  issue: Issue,
  place: Place,
  template: Template,
  missing: (field: string) => void,
): Context {
  const { percent } = frozen.round.ruleset;
  const failingKinds = [
    ...(facts.sitesTotal.failing > 0 ? ['政府网站'] : []),
    ...(facts.accountsTotal.failing > 0 ? ['政务新媒体'] : []),
  ];
  const fields = new Map<string, Value>([
    ...generalFields(facts, frozen, place),
    ...totalFields('sites', facts.sitesTotal, facts.sitesByUnit, frozen, template),
    ...totalFields('accounts', facts.accountsTotal, facts.accountsByUnit, frozen, template),
    ['failing', count(facts.sitesTotal.failing + facts.accountsTotal.failing)],
    ['failingKinds', { ...words(joinWords(failingKinds)), number: failingKinds.length }],
    ...recheckFields(frozen),
    ...givenFields(issue, percent),
  ]);
  const collections = collectionsOf(facts, frozen, template, fields);
  return { fields, collections, missing };
}

function generalFields(
  facts: TextFacts,
  frozen: FrozenRound,
  { whole }: Place,
): readonly (readonly [string, Value])[] {
  const previous = frozen.previousPeriod === null ? null : parsePeriod(frozen.previousPeriod).label;
  const { rectificationDeadline: deadline, samplingWindow } = facts;
  return [
    ['period', words(facts.periodLabel)],
    ['thisPeriod', words(thisPeriod(facts.period))],
    ['previousPeriod', words(previousPeriodWords(previous, facts.periodLabel))],
    ['place', words(whole)],
    ['organiser', words(organiserOf(facts))],
    ['deadline', words(isCalendarDate(deadline) ? chineseDate(deadline) : deadline)],
    ['contact', words(facts.contact)],
    ['window', words(windowWords(samplingWindow))],
  ];
}

/** `2020年7月7日至9月17日`: the second year is said only when it is another. */
export function windowWords([from, to]: Bulletin['samplingWindow']): string {
  const until = chineseDate(to);
  return `${chineseDate(from)}至${from.slice(0, 4) === to.slice(0, 4) ? until.slice(5) : until}`;
}

function totalFields(
  kind: 'sites' | 'accounts',
  total: Bulletin['sitesTotal'],
  rows: readonly OrderedUnitRow[],
  { round }: FrozenRound,
  { measure }: Template,
): readonly (readonly [string, Value])[] {
  const { percent } = round.ruleset;
  const sound = rows.filter(isSoundPlace).map((row) => row.unit);
  const own: readonly (readonly [string, Value])[] = [
    ...countFields(total, kind, percent),
    ['sampled', { ...words(''), number: round.coverage[kind].mode === 'sample' ? 1 : 0 }],
    ['soundUnits', { ...words(sound.join('、')), number: sound.length }],
    ['soundRate', printed(percent.hundred, { rows: kind, checked: true, allSound: true })],
    ['measure', words(measure[kind])],
  ];
  return own.map(([name, value]) => [`${kind}.${name}`, value]);
}

/** What became of those that the previous period listed; unknown without a previous period. */
function recheckFields(frozen: FrozenRound): readonly (readonly [string, Value])[] {
  const known = frozen.previousPeriod !== null;
  const key = ({ kind, id }: { kind: string; id: number }): string => `${kind}:${id}`;
  const listed = new Set(frozen.previousListed.map(key));
  const failing = new Set(frozen.failing.map(({ subject }) => key(subject)));
  const checked = frozen.subjects.filter((each) => each.checked && listed.has(key(each.subject)));
  const still = checked.filter(({ subject }) => failing.has(key(subject))).length;
  const value = (number: number): Value => (known ? count(number) : UNKNOWN);
  return [
    ['recheck.listed', value(listed.size)],
    ['recheck.still', value(still)],
    ['recheck.mended', value(checked.length - still)],
    ['repeated', count(repeatedOf(frozen), { rows: 'repeat' })],
  ];
}

const repeatedOf = (frozen: FrozenRound): number =>
  inPrintOrder(frozen, frozen.failing).filter((each) => each.repeatedRules.length > 0).length;

/** Counts that the office gives with their source; without one they are not known. */
function givenFields(issue: Issue, percent: PercentStyle): readonly (readonly [string, Value])[] {
  const given = new Map((issue.figures ?? []).map((each) => [each.name, each.count]));
  const counts = Object.keys(GIVEN_FIELDS)
    .filter((name) => !(name in GIVEN_RATES))
    .map((name): readonly [string, Value] => {
      const number = given.get(name);
      return [name, number === undefined ? UNKNOWN : count(number)];
    });
  const rates = Object.entries(GIVEN_RATES).map(
    ([name, [part, whole]]): readonly [string, Value] => {
      const [a, b] = [given.get(part), given.get(whole)];
      const isRate = a !== undefined && b !== undefined && a <= b;
      return [name, isRate ? printed(formatRatio(a, b, percent)) : UNKNOWN];
    },
  );
  return [...counts, ...rates];
}
