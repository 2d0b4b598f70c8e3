import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TemporaryStore } from '../../src/testing/temporary-store.ts';
import { driveYear } from './drive-year.ts';
import { makeScenario } from './make-scenario.ts';
import { expectYear } from './oracle.ts';
import type { YearEvent, YearLog } from './scenario.ts';

/** Without its connections: an oracle and a product that both saw nothing would agree. */
const MUST_OCCUR = [
  ...([
    'noticed',
    'merged',
    'acknowledged',
    'planned',
    'answered',
    'sentBack',
    'submitted',
  ] as const),
  ...([
    'rechecked',
    'checked',
    'closed',
    'returned',
    'extensionAsked',
    'extensionGranted',
  ] as const),
  ...(['extensionRefused', 'chaser', 'escalated', 'refused'] as const),
  ...(['shown', 'contestChaser', 'contestEnded', 'freezeRefused', 'frozen'] as const),
  ...(['objected', 'supervisorsTold', 'objectionAnswered', 'unitTold', 'answerChaser'] as const),
];

const byCase = (events: readonly YearEvent[]): Record<string, YearEvent[]> =>
  Object.fromEntries(
    [...Map.groupBy(events, (event) => event.case)].sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Four rounds of a year with so many subjects: the product lives it, the oracle reads the rules, and both must say the same of every case. */
export function describeYear(subjects: number, open: () => Promise<TemporaryStore>): void {
  describe(`a simulated year of ${subjects} subjects`, () => {
    const scenario = makeScenario('整改一年', subjects);
    const expected = expectYear(scenario);
    let opened: TemporaryStore;
    let log: YearLog;
    beforeAll(async () => {
      opened = await open();
      log = await driveYear(opened, scenario);
    });
    afterAll(() => opened?.remove());

    it('lets everything occur that the rules speak of', () => {
      expect(new Set(expected.events.map(({ event }) => event))).toEqual(new Set(MUST_OCCUR));
    });

    it('has every deadline, reminder, re-check and mark of every case as the oracle has it', () => {
      expect(byCase(log.events)).toEqual(byCase(expected.events));
    });

    it('counts every round and ends every case as the oracle does', () => {
      expect(log.counts).toEqual(expected.counts);
      expect(log.final).toEqual(expected.final);
    });
  });
}
