import type { Actor } from '../domain/actor.ts';
import { recordAudit } from '../identity/index.ts';
import { type RoundTransaction, withRound } from '../inspection/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import {
  type BlockKind,
  type BlockVersion,
  insertBlockVersion,
  newestBlocks,
  nextBlock,
} from './block.repository.ts';
import { assertWholeRegister } from './read-access.ts';
import { readTemplate, type TemplateDeps } from './template/read-templates.ts';

/** More pieces between the computed parts are another document. */
export const BLOCKS_MAX = 100;
/** Removed ones stay in the record, so a period may have had more; an answer lists them all. */
export const BLOCKS_EVER_MAX = 1_000;
/** One block is rewritten so often by nobody but a program gone wild. */
const VERSIONS_MAX = 500;

export interface NewBlock {
  readonly period: string;
  readonly kind: BlockKind;
  /** The template whose block it follows; absent = the founding document's. */
  readonly template?: string | undefined;
  readonly after: string;
  readonly place: number;
  readonly text: string;
  readonly reason: string;
  readonly at: Instant;
}

/**
 * Puts words of the office after a computed part: text of its own, or a remark on that part with a reason. The computed part itself is
 * never changed; it is composed anew whenever it is looked at. Throws {@link UserError} `bulletin.block.place`, `bulletin.block.reason`,
 * `bulletin.block.many`, `bulletin.final`.
 */
export async function addBlock(
  deps: { store: Store } & TemplateDeps,
  actor: Actor,
  input: NewBlock,
): Promise<BlockVersion> {
  assertWholeRegister(actor, input.period);
  await assertPlace(deps, input);
  assertReason(input.kind, input.reason);
  return withRound(deps.store, input.period, async (within) => {
    assertOpen(within);
    const { trx, round } = within;
    const standing = (await newestBlocks(trx, round.period)).filter(({ removed }) => !removed);
    if (standing.length >= BLOCKS_MAX)
      throw new UserError('bulletin.block.many', `一期最多 ${BLOCKS_MAX} 个插入段。`, {
        family: 'state',
      });
    const block = await nextBlock(trx, round.period);
    if (block > BLOCKS_EVER_MAX)
      throw new UserError(
        'bulletin.block.many',
        `一期连去掉的最多写过 ${BLOCKS_EVER_MAX} 段；请取回去掉的一段来改。`,
        { family: 'state' },
      );
    const { kind, after, place, text, reason, at } = input;
    const version: BlockVersion = {
      ...{ period: round.period, block, version: 1 },
      ...{ kind, after, place, text, reason, removed: false, by: actor.name, at },
    };
    await write(within, actor, version, null);
    return version;
  });
}

export interface BlockChange {
  readonly period: string;
  readonly block: number;
  /** The version that was read: nobody writes over what another wrote in the meantime. */
  readonly version: number;
  readonly text?: string | undefined;
  readonly reason?: string | undefined;
  readonly place?: number | undefined;
  readonly removed?: boolean | undefined;
  readonly at: Instant;
}

/** A new version of a block, or its removal (which can be taken back). Throws `bulletin.block.unknown`, `bulletin.block.changed`. */
export async function changeBlock(
  deps: { store: Store },
  actor: Actor,
  input: BlockChange,
): Promise<BlockVersion> {
  assertWholeRegister(actor, input.period);
  return withRound(deps.store, input.period, async (within) => {
    assertOpen(within);
    const { trx, round } = within;
    const before = (await newestBlocks(trx, round.period)).find(
      ({ block }) => block === input.block,
    );
    if (before === undefined)
      throw new UserError('bulletin.block.unknown', `没有 ${input.block} 号插入段。`);
    if (before.version !== input.version) throw changed(before);
    if (before.version >= VERSIONS_MAX)
      throw new UserError('bulletin.block.many', `一段最多改 ${VERSIONS_MAX} 次，请另写一段。`, {
        family: 'state',
      });
    const { text, reason, place, removed, at } = input;
    const version: BlockVersion = {
      ...before,
      text: text ?? before.text,
      reason: reason ?? before.reason,
      place: place ?? before.place,
      removed: removed ?? before.removed,
      ...{ version: before.version + 1, by: actor.name, at },
    };
    assertReason(version.kind, version.reason);
    await write(within, actor, version, before);
    return version;
  });
}

async function write(
  { trx, round }: RoundTransaction,
  actor: Actor,
  version: BlockVersion,
  before: BlockVersion | null,
): Promise<void> {
  if (!(await insertBlockVersion(trx, version))) throw changed(version);
  const shown = ({ version: number, text, reason, removed }: BlockVersion) => ({
    ...{ version: number, text, reason, removed },
  });
  await recordAudit(trx, {
    actor: actor.name,
    action: 'bulletin.block',
    subject: `round:${round.period}`,
    detail: { block: version.block, kind: version.kind, after: version.after },
    before: before === null ? null : shown(before),
    after: shown(version),
  });
}

async function assertPlace(deps: TemplateDeps, { template, after }: NewBlock): Promise<void> {
  const { name, sections } = await readTemplate(deps, template);
  const keys = sections.flatMap(({ blocks }) => blocks.map(({ key }) => key));
  if (!keys.includes(after))
    throw new UserError('bulletin.block.place', `模板“${name}”没有“${after}”这一段。`, {
      field: 'after',
      details: [`可以写在这些段之后：${keys.join('、')}`],
    });
}

function assertReason(kind: BlockKind, reason: string): void {
  if (kind === 'annotation' && reason === '')
    throw new UserError('bulletin.block.reason', '批注计算出来的段落要写明理由。', {
      field: 'reason',
    });
}

function assertOpen({ round }: RoundTransaction): void {
  if (round.state === 'issued')
    throw new UserError('bulletin.final', `${round.period} 的通报已由两人签发，不能再改。`, {
      family: 'state',
    });
}

const changed = ({ by }: BlockVersion): UserError =>
  new UserError('bulletin.block.changed', `这一段刚被改过（${by}）；请刷新，看过新的内容再改。`, {
    family: 'state',
  });
