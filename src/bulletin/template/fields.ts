import type { Fields, Vocabulary } from '../../lib/pure/template/sentence.ts';

const KIND_FIELDS: Fields = {
  running: 'count',
  checked: 'count',
  failing: 'count',
  passing: 'count',
  passRate: 'rate',
  failRate: 'rate',
  checkedRatio: 'rate',
};

const prefixed = (prefix: string, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, kind]) => [`${prefix}.${name}`, kind]));

/** Of a kind of subject as a whole. */
const TOTAL_FIELDS: Fields = {
  ...KIND_FIELDS,
  sampled: 'flag',
  soundUnits: 'list',
  soundRate: 'rate',
  measure: 'words',
};

/** Counts that the office gives with their source, and the rates of two of them. */
export const GIVEN_FIELDS: Fields = {
  'replyTest.tested': 'given',
  'replyTest.answered': 'given',
  'replyTest.rate': 'rate',
  'findError.received': 'given',
  'findError.onTime': 'given',
  'findError.rate': 'rate',
  'accountability.talked': 'given',
  'accountability.written': 'given',
  'accountability.moved': 'given',
  'accountability.criticised': 'given',
};

/** The rates among them: a part and its whole. */
export const GIVEN_RATES: Readonly<Record<string, readonly [part: string, whole: string]>> = {
  'replyTest.rate': ['replyTest.answered', 'replyTest.tested'],
  'findError.rate': ['findError.onTime', 'findError.received'],
};

const GLOBAL_FIELDS: Fields = {
  ...{ period: 'words', thisPeriod: 'words', previousPeriod: 'words', place: 'words' },
  ...{ organiser: 'words', deadline: 'words', contact: 'words', window: 'words' },
  ...prefixed('sites', TOTAL_FIELDS),
  ...prefixed('accounts', TOTAL_FIELDS),
  failing: 'count',
  failingKinds: 'list',
  repeated: 'count',
  noItems: 'count',
  'noItems.examples': 'words',
  'recheck.listed': 'given',
  'recheck.still': 'given',
  'recheck.mended': 'given',
  ...GIVEN_FIELDS,
};

const NAMED: Fields = { names: 'words', count: 'count' };
const ROW: Fields = { order: 'count', unit: 'words', name: 'words', problems: 'words' };

/** Lists of which a sentence says something each (`each`), or of which an annex has a row each; with the fields of one item. */
export const COLLECTIONS: Readonly<Record<string, Fields>> = {
  repeats: { ...NAMED, topic: 'words' },
  siteProblems: { ...NAMED, predicate: 'words' },
  accountProblems: { ...NAMED, predicate: 'words' },
  heldUnits: { unit: 'words', count: 'count', share: 'rate' },
  severalProblems: { examples: 'words', count: 'count', topics: 'words', size: 'count' },
  platforms: { order: 'count', platform: 'words', ...KIND_FIELDS },
  siteUnits: { order: 'count', unit: 'words', ...KIND_FIELDS },
  accountUnits: { order: 'count', unit: 'words', ...KIND_FIELDS },
  failingSites: { ...ROW, siteCode: 'words' },
  failingAccounts: { ...ROW, operator: 'words', platform: 'words', lastUpdated: 'words' },
};

/** Collections that end in a total when they are an annex. */
export const TOTALLED: ReadonlySet<string> = new Set(['platforms', 'siteUnits', 'accountUnits']);

/** What sentences of a bulletin may name. */
export const BULLETIN_WORDS: Vocabulary = { fields: GLOBAL_FIELDS, collections: COLLECTIONS };
