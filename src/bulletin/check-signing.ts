import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FrozenRound, listStandingFindings, readFrozenRound } from '../inspection/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import type { BuildHead, BuiltBulletin } from './bulletin.repository.ts';
import type { Bulletin } from './bulletin.ts';
import { identityOf } from './find-rows.ts';
import { composeAgain } from './plan.ts';
import { findMismatches } from './reconcile.ts';
import { sha256Of } from './write-bulletin-files.ts';

/** Different people under one build before it is published (DESIGN law 6). */
export const SIGNATURES_NEEDED = 2;
/** Different people behind each veto-class problem that is published. */
const CONFIRMATIONS_NEEDED = 2;
/** How many problems a refusal names before it only counts. */
const NAMED_IN_REFUSAL = 50;

/** Why a build cannot be signed. `code` is stable. */
export interface Blocker {
  readonly code: string;
  readonly message: string;
  readonly details: readonly string[];
}

export interface SigningCheck {
  readonly blockers: readonly Blocker[];
  /** What who signs should know, and what is no reason not to. */
  readonly notes: readonly string[];
}

/** Everything that forbids signing a build, whoever signs. The round is frozen, so what was found stays true. */
export async function checkSigning(store: Store, build: BuiltBulletin): Promise<SigningCheck> {
  const frozen = await readFrozenRound(store, build.period);
  const { round } = frozen;
  const { content, blockers } = await readContent(build);
  const reviewed = [
    ...(round.clock === 'replay'
      ? [blocker('bulletin.sign.replay', '本期是补采批次，不是按时检查的结果，通报只能作草案。')]
      : []),
    ...(round.reviewWaived === null
      ? []
      : [
          blocker(
            'bulletin.sign.review-waived',
            `本期冻结时免除了审核（${round.reviewWaived}），通报只能作草案。`,
          ),
        ]),
    ...(await unconfirmed(store, frozen)),
  ];
  const printedAsDraft =
    content?.isDraft === true && reviewed.length === 0
      ? [blocker('bulletin.sign.draft', '这一稿的文件上印有“草案”，请重新生成后再签发。')]
      : [];
  const mismatches =
    content === null ? [] : findMismatches(content, round.ruleset, composeAgain(build, frozen));
  const disagreeing =
    mismatches.length === 0
      ? []
      : [blocker('bulletin.sign.mismatch', '通报正文与附件的数字对不上，不能签发。', mismatches)];
  return {
    blockers: [...reviewed, ...printedAsDraft, ...disagreeing, ...blockers],
    notes: notesOf(frozen),
  };
}

const blocker = (code: string, message: string, details: readonly string[] = []): Blocker => ({
  code,
  message,
  details,
});

function notesOf({ round, undetermined }: FrozenRound): string[] {
  if (undetermined.length === 0) return [];
  const reason = round.undeterminedWaived === null ? '' : `（${round.undeterminedWaived}）`;
  return [`有 ${undetermined.length} 个指标无法判定${reason}，没有写进通报。`];
}

/** Veto-class problems that fewer than two different people confirmed. */
async function unconfirmed(store: Store, { round, failing }: FrozenRound): Promise<Blocker[]> {
  const vetoes = new Map(
    round.ruleset.rules
      .filter((rule) => rule.part === 'veto')
      .map((rule) => [rule.id, rule.printedLabel]),
  );
  const open = (await listStandingFindings(store, round.id, 'breached')).filter(
    (finding) =>
      vetoes.has(finding.ruleId) &&
      (finding.review !== 'confirmed' || finding.confirmedBy.length < CONFIRMATIONS_NEEDED),
  );
  if (open.length === 0) return [];
  const names = new Map(
    failing.map(({ subject }) => [
      `${subject.kind}:${subject.id}`,
      `${subject.printRow}“${subject.name}”（${identityOf(subject)}）`,
    ]),
  );
  const details = open
    .slice(0, NAMED_IN_REFUSAL)
    .map(
      ({ id, kind, subjectId, ruleId, confirmedBy }) =>
        `#${id} ${names.get(`${kind}:${subjectId}`) ?? ''} ${vetoes.get(ruleId)}：${confirmedBy.length} 人确认`,
    );
  const more = open.length - details.length;
  return [
    blocker(
      'bulletin.sign.unconfirmed',
      `有 ${open.length} 个单项否决问题没有经两人确认，不能签发。`,
      more > 0 ? [...details, `……另有 ${more} 个`] : details,
    ),
  ];
}

/** What is on disk, which is what people read, sign and send out; and where it is not what was built. */
async function readContent(
  build: BuiltBulletin,
): Promise<{ content: Bulletin | null; blockers: Blocker[] }> {
  const changed: string[] = [];
  let content: Bulletin | null = null;
  for (const name of build.files) {
    try {
      const bytes = await readBuiltFile(build, name);
      if (name === 'bulletin.json')
        content = JSON.parse(new TextDecoder().decode(bytes)) as Bulletin;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      changed.push(error.message);
    }
  }
  if (build.fileHashes === null) changed.push('这一稿由旧版本生成，没有记下各文件的校验和。');
  const blockers =
    changed.length === 0
      ? []
      : [
          blocker(
            'bulletin.sign.file-changed',
            '磁盘上的文件与生成时不同，不能签发；请重新生成。',
            changed,
          ),
        ];
  return { content, blockers };
}

/** The bytes of a built file, as they were built. Throws `bulletin.file.unknown` or, when they are others now, `bulletin.file.changed`. */
export async function readBuiltFile(build: BuildHead, name: string): Promise<Buffer> {
  if (!build.files.includes(name))
    throw new UserError('bulletin.file.unknown', `这期通报没有 ${name} 这个文件。`);
  const bytes = await readFile(join(build.folder, name)).catch((cause: unknown) => {
    throw new UserError('bulletin.file.unknown', `${name} 已被移走，请重新生成通报。`, { cause });
  });
  const wanted = build.fileHashes?.[name] ?? (name === 'bulletin.json' ? build.sha256 : null);
  if (wanted !== null && sha256Of(bytes) !== wanted)
    throw new UserError(
      'bulletin.file.changed',
      `${name} 的内容与生成时不同：被后来的一稿覆盖，或被改动过。`,
      { family: 'state' },
    );
  return bytes;
}
