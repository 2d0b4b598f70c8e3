import type { Actor } from '../domain/actor.ts';
import { isPayloadInScope } from '../inspection/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { ArchiveReading } from '../store/archive/archive.ts';
import type { OpenDeps } from './evidence-deps.ts';

/**
 * The archived answer of a SHA-256 for somebody who may see the subject that it was fetched for. Throws {@link UserError}
 * `evidence.record.unknown` (also for what is outside the scope), `evidence.record.gone` or `evidence.record.damaged`.
 */
export async function openRecordFor(
  { store, archive }: OpenDeps,
  { scope }: Pick<Actor, 'scope'>,
  sha256: string,
): Promise<Extract<ArchiveReading, { state: 'whole' }>> {
  const unknown = new UserError('evidence.record.unknown', '没有存下这份原文。');
  if (scope !== 'all') {
    const rounds = (await archive.find(sha256)).map(({ roundId }) => roundId);
    if (!(await isPayloadInScope(store, scope, sha256, rounds))) throw unknown;
  }
  const reading = await archive.read(sha256);
  if (reading.state === 'unknown') throw unknown;
  if (reading.state === 'gone')
    throw new UserError('evidence.record.gone', `这份原文已不保存：${reading.why}。`);
  if (reading.state === 'damaged')
    throw new UserError('evidence.record.damaged', `这份原文已损坏：${reading.why}。`, {
      family: 'state',
    });
  return reading;
}
