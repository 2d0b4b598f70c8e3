import type { Fact, FactKey, FactMap, FactSet } from '../../domain/fact.ts';
import { observed } from '../../domain/fact.ts';

export const MONITORED_AT = '2020-09-17T15:59:59.999Z';

/** A set of recorded facts from bare values or facts; the monitoring day is 2020-09-17. */
export function factSet(
  values: { readonly [K in FactKey]?: FactMap[K] | Fact<FactMap[K]> },
  monitoredAt: string | null = MONITORED_AT,
): FactSet {
  const all: Record<string, unknown> = {
    ...(monitoredAt === null ? {} : { 'round.monitoredAt': monitoredAt }),
    ...values,
  };
  const entries = Object.entries(all).map(([key, value]) => [key, record(key, value)]);
  return Object.fromEntries(entries) as FactSet;
}

function record(key: string, value: unknown): object {
  const fact = isFact(value) ? value : observed(value);
  return {
    ...fact,
    id: `7:${key}`,
    gatheredAt: MONITORED_AT,
    gatherer: 'test',
    gathererVersion: '1',
    vantage: 'local',
    snapshots: ['a'.repeat(64)],
  };
}

function isFact(value: unknown): value is Fact<unknown> {
  const state = (value as { state?: unknown } | null)?.state;
  return state === 'observed' || state === 'absent' || state === 'unobserved';
}
