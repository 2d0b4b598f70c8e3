import type { Kysely } from 'kysely';
import { openMessagesOf } from '../../finderror/index.ts';
import { openCasesOfAccount } from '../../lifecycle/index.ts';
import { openCasesOf } from '../../rectification/index.ts';
import type { SubjectKey } from './subject.ts';

/** What is open of a site or account today, in words: what whoever takes it over has to know. */
export async function openWork<Tables>(
  db: Kysely<Tables>,
  { kind, subjectId }: SubjectKey,
): Promise<string[]> {
  const others =
    kind === 'site' ? await openMessagesOf(db, subjectId) : await openCasesOfAccount(db, subjectId);
  return [...(await openCasesOf(db, kind, subjectId)), ...others];
}
