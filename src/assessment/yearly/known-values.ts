import type { Account, Site } from '../../domain/subject.ts';
import { countFindError, keepsMessages } from '../../finderror/index.ts';
import type { Store } from '../../store/store.ts';
import type { MeasuredUnit, MeasuredYear } from '../measures/measure.ts';
import { rectificationFigures } from '../measures/rectification-figures.ts';
import { type QuarterRound, readRounds } from '../measures/round-figures.ts';
import { fieldsOf, type Known, type KnownValues, type YearlyForm } from './form.ts';

const QUARTERS = [1, 2, 3, 4] as const;
const MICROBLOG = '微博';
const WECHAT = '微信公众号';

/** What the platform knows, by the names that forms use; what it does not know has no entry, and is asked. */
type Source = ReadonlyMap<string, Known>;

const known = (value: string, words: string, link: string | null): Known => ({
  ...{ value, origin: { words, link } },
});

/** Those of the form's fields that something is known of. */
export function fillIn(form: YearlyForm, source: Source): KnownValues {
  return Object.fromEntries(
    fieldsOf(form).flatMap((field) => {
      const found = field.known === undefined ? undefined : source.get(field.known);
      return found === undefined || found.value === '' ? [] : [[field.id, found]];
    }),
  );
}

/** Of one site: what the register says of it and of its sponsor's accounts. */
export function knownOfSite(site: Site, accounts: readonly Account[]): Source {
  const link = `/sites/${site.id}`;
  const own = accounts.filter(
    ({ sponsorId, status }) => sponsorId === site.sponsorId && status === 'running',
  );
  const names = (holds: (platform: string) => boolean, words: string): Known =>
    known(
      own
        .filter(({ platform }) => holds(platform))
        .map(({ name }) => name)
        .join('、'),
      `名录：主办单位在运行的${words}`,
      '/accounts',
    );
  const isOther = (platform: string): boolean =>
    !platform.includes(MICROBLOG) && platform !== WECHAT;
  return new Map([
    ['site.name', known(site.name, '名录', link)],
    ['site.homeUrl', known(site.homeUrl, '名录', link)],
    ['site.sponsor', known(site.sponsorName, '名录', link)],
    // Of any other site the register does not say which kind it is.
    ...(site.isPortal ? [['site.kind', known('门户网站', '名录', link)] as const] : []),
    ['site.siteCode', known(site.siteCode, '名录', link)],
    ['accounts.weibo', names((platform) => platform.includes(MICROBLOG), '微博')],
    ['accounts.wechat', names((platform) => platform === WECHAT, '微信公众号')],
    ['accounts.other', names(isOther, '其他账号')],
  ]);
}

/** Of an office: its sites, what its rounds of the year found, find-error messages and rectification of all units below it. */
export async function knownOfOffice(
  store: Store,
  unit: MeasuredUnit & { readonly name: string },
  year: MeasuredYear,
  sites: readonly Site[],
): Promise<Source> {
  const running = sites.filter(
    ({ sponsorId, status }) => status === 'running' && unit.below.has(sponsorId),
  );
  return new Map([
    ['unit.name', known(unit.name, '名录', '/units')],
    ['register.running', known(String(running.length), `名录，${year.today}`, '/sites')],
    ...roundsOf(unit, await readRounds(store, year.from, year.to)),
    ...(await messagesOf(store, unit, year)),
    ...(await lapsesOf(store, unit, year)),
  ]);
}

function roundsOf({ below }: MeasuredUnit, rounds: readonly QuarterRound[]): [string, Known][] {
  const failing = new Set<number>();
  const found = QUARTERS.flatMap((quarter): [string, Known][] => {
    const ofQuarter = rounds.filter((round) => round.quarter === quarter);
    // A quarter without a frozen round is not nought: nobody has counted.
    if (ofQuarter.length === 0) return [];
    const [seen, checked, failed] = [new Set<number>(), new Set<number>(), new Set<number>()];
    for (const { content } of ofQuarter) {
      for (const { subject, checked: wasChecked } of content.subjects) {
        if (subject.kind !== 'site' || !below.has(subject.sponsorId)) continue;
        if (subject.status === 'running') seen.add(subject.id);
        if (wasChecked) checked.add(subject.id);
      }
      for (const { subject } of content.failing)
        if (subject.kind === 'site' && below.has(subject.sponsorId)) failed.add(subject.id);
    }
    for (const id of failed) failing.add(id);
    const words = `冻结的批次：${ofQuarter.map(({ label }) => label).join('、')}`;
    const count = (name: string, { size }: ReadonlySet<number>): [string, Known] => [
      `round.q${quarter}.${name}`,
      known(String(size), words, '/rounds'),
    ];
    return [count('running', seen), count('checked', checked), count('failing', failed)];
  });
  const covered = new Set(rounds.map(({ quarter }) => quarter)).size;
  if (covered < QUARTERS.length) return found;
  const words = '四个季度冻结的批次，同一网站只算一次';
  return [...found, ['round.year.failing', known(String(failing.size), words, '/rounds')]];
}

async function messagesOf(
  store: Store,
  { below }: MeasuredUnit,
  { from, to, today }: MeasuredYear,
): Promise<[string, Known][]> {
  if (!(await keepsMessages(store, today))) return [];
  const { byUnit } = await countFindError(store, { from, to, today });
  const own = byUnit.filter(({ unitId }) => unitId !== null && below.has(unitId));
  const words = `${from} 至 ${to} 收到的找错留言`;
  return (['received', 'inTime', 'late', 'open'] as const).map((name) => [
    `errors.${name}`,
    known(String(own.reduce((sum, line) => sum + line[name], 0)), words, '/find-errors'),
  ]);
}

async function lapsesOf(
  store: Store,
  unit: MeasuredUnit,
  year: MeasuredYear,
): Promise<[string, Known][]> {
  const figures = await rectificationFigures(store, [unit], year);
  const of = (
    name: string,
    id: 'rectificationLate' | 'rectificationRepeated',
  ): [string, Known][] => {
    const figure = figures.get(id)?.get(unit.unitId);
    const words = '本年各批次的整改事项';
    return figure === undefined
      ? []
      : [[name, known(String(figure.count), words, '/rectification')]];
  };
  return [
    ...of('rectify.late', 'rectificationLate'),
    ...of('rectify.repeated', 'rectificationRepeated'),
  ];
}
