import type { Candidate } from '../derive/accounts/merge-candidates.ts';
import { mergeCandidates } from '../derive/accounts/merge-candidates.ts';
import type { RegisterAnswer, RegisterIndex } from '../derive/accounts/register-index.ts';
import { LISTED_FROM, scoreCandidate } from '../derive/accounts/score-candidate.ts';
import type { SiteIdentity } from '../derive/accounts/site-identity.ts';
import type { AccountSighting } from '../domain/discovered-account.ts';

/** A candidate with its score and what the register says of it. */
export interface JudgedCandidate {
  readonly candidate: Candidate;
  readonly answer: RegisterAnswer;
  /** 0–100. */
  readonly score: number;
  /** Chinese. */
  readonly reasons: readonly string[];
}

export interface JudgedSightings {
  /** Those to be told of: likely the site's own, or registered. */
  readonly listed: readonly JudgedCandidate[];
  /** Likely somebody else's. */
  readonly leftOut: readonly JudgedCandidate[];
}

/** Merges, scores and compares with the register what one site shows. Pure. */
export function judgeSightings(
  sightings: readonly AccountSighting[],
  identity: SiteIdentity,
  register: RegisterIndex,
): JudgedSightings {
  const listed: JudgedCandidate[] = [];
  const leftOut: JudgedCandidate[] = [];
  for (const candidate of mergeCandidates(sightings)) {
    const answer = register.match(candidate, identity);
    const { score, reasons } = scoreCandidate(candidate, identity);
    const judged = { candidate, answer, score, reasons: [...reasons, answer.reason] };
    if (score >= LISTED_FROM || answer.match !== 'unknown') listed.push(judged);
    else leftOut.push(judged);
  }
  listed.sort((a, b) => b.score - a.score);
  return { listed, leftOut };
}

/** The contract's fields of one candidate. */
export function discoveredLine({ candidate, answer, score, reasons }: JudgedCandidate) {
  const { key, name, sightings } = candidate;
  const [first] = sightings;
  return {
    ...{ platform: key.platform, idKind: key.idKind, id: key.id, name },
    ...{ foundOn: first?.foundOn ?? '', via: first?.via ?? 'link' },
    ...{ match: answer.match, score, reasons },
  };
}
