import { sql } from 'kysely';
import { type Acting, assertMay } from '../../domain/acting.ts';
import { withRound } from '../../inspection/index.ts';
import { type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { isEnded } from './case.ts';
import { earlierCases, findOpenings, keyOf } from './find-openings.ts';
import { assertIssued, deadlineOf, type OpenInput } from './open-cases.ts';
import type { RectificationTrx } from './step-case.ts';

/** What notices of a round would be made now. */
export interface OpeningPreview {
  readonly period: string;
  readonly deadlineOn: CalendarDate;
  readonly provisional: boolean;
  /** By units, in print order. */
  readonly units: readonly PreviewedUnit[];
}

export interface PreviewedUnit {
  readonly unitId: number;
  readonly unitName: string;
  readonly cases: number;
  /** Of those, how many go on with one of an earlier round that is still open. */
  readonly continued: number;
}

/** Changes nothing. Throws what {@link openCases} throws. */
export async function previewOpening(
  { store, rectification }: Pick<RectificationDeps, 'store' | 'rectification'>,
  acting: Acting,
  input: OpenInput,
): Promise<OpeningPreview> {
  assertMay(acting, 'rectification.open');
  const deadline = deadlineOf(input, shanghaiDate(input.at), rectification.deadlineWorkdays);
  return withRound(store, input.period, async ({ trx: ofRound, round }) => {
    const trx = ofRound as unknown as RectificationTrx;
    assertIssued(round);
    const openings = await findOpenings(trx, round);
    const earlier = await earlierCases(trx, round, openings);
    const byUnit = Map.groupBy(openings, ({ unitId }) => unitId);
    const { rows } = await sql<{ id: number; name: string }>`
      select id, name from unit where id = any(${arrayLiteral([...byUnit.keys()])}::int[])
       order by print_order, id`.execute(trx);
    const goesOn = (opening: (typeof openings)[number]): boolean =>
      (earlier.get(keyOf({ ...opening, ruleId: opening.rule.id })) ?? []).some(
        ({ state }) => !isEnded(state),
      );
    return {
      ...{ period: round.period, deadlineOn: deadline.on, provisional: deadline.provisional },
      units: rows.map(({ id, name }) => {
        const own = byUnit.get(id) ?? [];
        const continued = own.filter(goesOn).length;
        return { unitId: id, unitName: name, cases: own.length, continued };
      }),
    };
  });
}
