import type { Insertable } from 'kysely';
import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import type { Site } from '../../domain/subject.ts';
import { recordAudit } from '../../identity/index.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { queueNotices } from '../../notify/index.ts';
import { listAccounts, listSites, listUnits, unitsBelow } from '../../registry/index.ts';
import { measuredYear } from '../open-assessment.ts';
import type { KnownValues, YearlyForm } from './form.ts';
import { fillIn, knownOfOffice, knownOfSite } from './known-values.ts';
import { type YearlyDeps, type YearlyTables, yearlyDb } from './yearly-db.ts';

/** Rows that are written at once. */
const SLICE = 500;

/** The last day on which a year's form is published. */
export const dueOf = (year: number, dueOn: string): CalendarDate => `${year + 1}-${dueOn}`;

type Row = Insertable<YearlyTables['yearly_form']>;

interface Opened {
  readonly sites: number;
  readonly offices: number;
}

/**
 * Opens the forms of a year with what the platform knows: one for every running site, one for every office at the top of the register.
 * What is open stays as it is: whoever opens again gets those of sites that came since. Throws {@link UserError} `assessment.year`,
 * `yearly.no-units`.
 */
export async function openForms(
  deps: YearlyDeps,
  acting: Acting,
  { year, at }: { readonly year: number; readonly at: Instant },
): Promise<Opened> {
  assertMay(acting, 'yearly.open');
  const { store } = deps;
  const counted = measuredYear(year, shanghaiDate(at));
  const sites = await listSites(store.db);
  const rows = [...(await siteRows(deps, year, at, sites)), ...(await officeRows(deps, year, at))];
  if (rows.length === 0)
    throw new UserError('yearly.no-units', '名录里还没有单位和在运行的网站，先导入名录。', {
      family: 'state',
    });
  return store.transaction(async (trx) => {
    const made: { kind: Row['kind']; unit_id: number }[] = [];
    for (let from = 0; from < rows.length; from += SLICE)
      made.push(
        ...(await yearlyDb(trx)
          .insertInto('yearly_form')
          .values(rows.slice(from, from + SLICE))
          .onConflict((conflict) => conflict.doNothing())
          .returning(['kind', 'unit_id'])
          .execute()),
      );
    const opened = {
      sites: made.filter(({ kind }) => kind === 'site').length,
      offices: made.filter(({ kind }) => kind === 'office').length,
    };
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'yearly.open', subject: `yearly-form:${year}` },
      ...{ detail: { year, countedTo: counted.to }, before: null, after: opened },
    });
    const units = [...new Set(made.map((row) => row.unit_id))];
    await queueNotices(
      trx,
      units.map((unitId) => ({
        ...{ key: `yearly:${year}:open:${unitId}:${at}`, kind: 'yearly.open', to: { unitId } },
        ...{ title: '请填报年度报表', link: `/yearly-forms?year=${year}`, urgent: false },
        text: `${year} 年的年度报表可以填报了，请在 ${dueOf(year, '01-31')} 前经负责人签发并公开。`,
      })),
      at,
    );
    return opened;
  });
}

async function siteRows(
  { store, yearlyForms: { site: form } }: YearlyDeps,
  year: number,
  at: Instant,
  sites: readonly Site[],
): Promise<Row[]> {
  const accounts = await listAccounts(store.db);
  const bySponsor = Map.groupBy(accounts, ({ sponsorId }) => sponsorId);
  return sites
    .filter(({ status }) => status === 'running')
    .map((site) => ({
      ...rowOf(year, at, form.dueOn),
      ...{ kind: 'site', unit_id: site.sponsorId, site_id: site.id, name: site.name },
      form: JSON.stringify(form),
      known: JSON.stringify(fillIn(form, knownOfSite(site, bySponsor.get(site.sponsorId) ?? []))),
    }));
}

async function officeRows(deps: YearlyDeps, year: number, at: Instant): Promise<Row[]> {
  const { store, yearlyForms } = deps;
  const form = yearlyForms.office;
  const rows: Row[] = [];
  for (const { id, name, parentId } of await listUnits(store.db)) {
    if (parentId !== null) continue;
    const known = await countOffice(deps, { unitId: id, name, form }, year, at);
    rows.push({
      ...rowOf(year, at, form.dueOn),
      ...{ kind: 'office', unit_id: id, site_id: null, name },
      ...{ form: JSON.stringify(form), known: JSON.stringify(known) },
    });
  }
  return rows;
}

/** What the platform knows of an office's year, in the fields of a form. */
export async function countOffice(
  { store }: Pick<YearlyDeps, 'store'>,
  {
    unitId,
    name,
    form,
  }: { readonly unitId: number; readonly name: string; readonly form: YearlyForm },
  year: number,
  at: Instant,
): Promise<KnownValues> {
  const unit = { unitId, name, below: new Set(await unitsBelow(store.db, unitId)) };
  const counted = measuredYear(year, shanghaiDate(at));
  const source = await knownOfOffice(store, unit, counted, await listSites(store.db));
  return fillIn(form, source);
}

const rowOf = (year: number, at: Instant, dueOn: string) => ({
  ...({
    year,
    state: 'filling',
    due_on: dueOf(year, dueOn),
    counted_on: shanghaiDate(at),
  } as const),
  ...{ submitted_at: null, submitted_by: null, signed_at: null, signed_by: null },
  published_on: null,
});
