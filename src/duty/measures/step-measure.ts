import { sql } from 'kysely';
import { type Acting, assertMay, isSamePerson, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { defineNoticeKinds, queueNotices } from '../../notify/index.ts';
import { listUnits } from '../../registry/index.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { StoreDeps } from '../../store/store.ts';
import type { DutyTrx } from '../duty-db.ts';
import { type MeasureKind, type MeasureState, measureKind, measureNumber } from './measure.ts';
import { mayJudge } from './sight.ts';

defineNoticeKinds({ 'duty.measure': { name: '问责措施' } });

/** What somebody decided on: the measure as he saw it. */
interface Seen {
  readonly id: number;
  readonly version: number;
  readonly note: string;
  readonly at: Instant;
}

interface HeldMeasure {
  readonly id: number;
  readonly unitId: number;
  readonly kind: MeasureKind;
  readonly state: MeasureState;
  readonly proposedBy: string;
  readonly proposedById: number | null;
  readonly version: number;
}

const NOTE_MAX = 1_000;

async function hold(trx: DutyTrx, acting: Acting, seen: Seen): Promise<HeldMeasure> {
  assertMay(acting, 'duty.measure');
  const { rows } = await sql<HeldMeasure>`
    select id, unit_id as "unitId", kind, state, proposed_by as "proposedBy", proposed_by_id as "proposedById", version
      from accountability where id = ${seen.id} for update`.execute(trx);
  const [held] = rows;
  if (held === undefined || !mayJudge(acting, held.unitId))
    throw new UserError('measure.unknown', '没有这项措施。');
  if (held.version !== seen.version)
    throw new UserError('measure.changed', '您打开以后别人办过这项措施，请刷新后再办。', {
      family: 'state',
    });
  if (seen.note.length > NOTE_MAX)
    throw new UserError('measure.text', `不超过 ${NOTE_MAX} 字。`, { field: 'note' });
  return held;
}

function assertState({ state }: HeldMeasure, wanted: MeasureState): void {
  if (state !== wanted)
    throw new UserError('measure.state', '这项措施现在不能这样办。', { family: 'state' });
}

const assertNote = (note: string, what: string): void => {
  if (note.trim() === '') throw new UserError('measure.text', `请写明${what}。`, { field: 'note' });
};

/** Outcomes by the trail's word for them. */
const STEPS = { decided: 'decide', refused: 'refuse', withdrawn: 'withdraw' } as const;

/**
 * Another person than who proposed it decides: the measure gets its number and the unit is told, or it is refused with a reason. Who
 * proposed it may withdraw it. Throws {@link UserError} `identity.forbidden`, `measure.unknown`, `measure.changed`, `measure.state`,
 * `measure.same-person`, `measure.text`.
 */
export async function decideMeasure(
  { store }: StoreDeps,
  acting: Acting,
  input: Seen & { readonly outcome: 'decided' | 'refused' | 'withdrawn' },
): Promise<void> {
  const { id, outcome, note, at } = input;
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await lockInTransaction(trx, 'accountability');
    const held = await hold(trx, acting, input);
    assertState(held, 'proposed');
    const person = personOf(acting);
    const isProposer = isSamePerson({ name: held.proposedBy, userId: held.proposedById }, person);
    if (isProposer !== (outcome === 'withdrawn'))
      throw new UserError(
        'measure.same-person',
        outcome === 'withdrawn' ? '只有提出的人能撤回。' : '要两个人办：提出的人不能自己决定。',
        { family: 'state' },
      );
    if (outcome === 'refused') assertNote(note, '为什么不同意');
    const numbered = outcome === 'decided' ? await numberOf(trx, acting, at) : {};
    await trx
      .updateTable('accountability')
      .set({
        ...{ state: outcome, decided_by: person.name, decided_at: at, decision_note: note.trim() },
        ...{ ...numbered, version: held.version + 1 },
      })
      .where('id', '=', id)
      .execute();
    const measureStep = STEPS[outcome];
    const { year, serial } = numbered;
    await recordAudit(trx, {
      ...{ actor: person.name, action: `measure.${measureStep}`, subject: `measure:${id}` },
      ...{ detail: { note }, before: { state: held.state } },
      after: { state: outcome, ...(year !== undefined && { year, serial }) },
    });
    if (outcome === 'decided') await queueNotices(trx, [notice(held, numbered)], at);
  });
}

interface Numbered {
  readonly year?: number;
  readonly serial?: number;
  readonly issuer?: string;
  readonly decided_on?: string;
}

async function numberOf(trx: DutyTrx, acting: Acting, at: Instant): Promise<Numbered> {
  const decidedOn = shanghaiDate(at);
  const year = Number(decidedOn.slice(0, 4));
  const last = await trx
    .selectFrom('accountability')
    .select((eb) => eb.fn.max('serial').as('serial'))
    .where('year', '=', year)
    .executeTakeFirst();
  const own = typeof acting === 'string' ? null : acting.unitName;
  // Whoever belongs to no unit speaks for the office at the top.
  const issuer = own ?? (await listUnits(trx)).find((unit) => unit.parentId === null)?.name ?? '';
  return { year, serial: (last?.serial ?? 0) + 1, issuer, decided_on: decidedOn };
}

const notice = ({ id, unitId, kind }: HeldMeasure, { year = 0, serial = 0 }: Numbered) => ({
  ...{ key: `duty:measure:${id}`, kind: 'duty.measure', to: { unitId }, urgent: true },
  title: `收到${measureKind(kind).title}：${measureNumber(kind, year, serial)}`,
  text: '请打开查看原因和要求，按时落实并报告结果。',
  link: `/duty/measures/${id}`,
});

/** Records that the unit did what was demanded. Throws as {@link decideMeasure}. */
export async function closeMeasure(
  { store }: StoreDeps,
  acting: Acting,
  seen: Seen,
): Promise<void> {
  const { id, note, at } = seen;
  assertNote(note, '落实的情况');
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    const held = await hold(trx, acting, seen);
    assertState(held, 'decided');
    const { name } = personOf(acting);
    const doneOn = shanghaiDate(at);
    await trx
      .updateTable('accountability')
      .set({ state: 'done', done_by: name, done_on: doneOn, outcome: note.trim() })
      .set({ version: held.version + 1 })
      .where('id', '=', id)
      .execute();
    await recordAudit(trx, {
      ...{ actor: name, action: 'measure.close', subject: `measure:${id}`, detail: { note } },
      ...{ before: { state: held.state }, after: { state: 'done', doneOn } },
    });
  });
}
