import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import { readMessages } from './read-messages.ts';
import { type NewMessage, receiveMessages } from './receive-messages.ts';

export interface TakenMessages {
  readonly received: number;
  /** Of those: a site of the register is meant, its operator has them. */
  readonly assigned: number;
  /** Their numbers were here before: they stay as they are. */
  readonly known: number;
}

/**
 * Takes in an export of the national platform. Audited. Throws {@link UserError} `identity.forbidden` and what {@link readMessages}
 * throws; nothing of a faulty file is taken.
 */
export async function importMessages(
  deps: StoreDeps,
  acting: Acting,
  file: { readonly name: string; readonly bytes: Uint8Array; readonly at: Instant },
): Promise<TakenMessages> {
  assertMay(acting, 'finderror.assign');
  const messages = await readMessages(file.bytes, file.name);
  return take(deps, acting, {
    messages,
    origin: 'import',
    at: file.at,
    detail: { file: file.name },
  });
}

/** Takes in messages that another program sends. Audited. Throws {@link UserError} `identity.forbidden`, `finderror.rows`. */
export async function takeMessages(
  deps: StoreDeps,
  acting: Acting,
  input: {
    readonly items: readonly (Omit<NewMessage, 'number' | 'receivedAt'> & {
      readonly number: string;
      readonly receivedAt?: Instant | undefined;
    })[];
    readonly at: Instant;
  },
): Promise<TakenMessages> {
  assertMay(acting, 'finderror.assign');
  const { items, at } = input;
  const messages = items.map((item) => ({ ...item, receivedAt: item.receivedAt ?? at }));
  const wrong = messages.find(({ leftAt, receivedAt }) => receivedAt < leftAt || receivedAt > at);
  if (wrong !== undefined)
    throw new UserError(
      'finderror.rows',
      `留言 ${wrong.number}：转来的时间早于留言时间，或在将来。`,
    );
  return take(deps, acting, { messages, origin: 'api', at, detail: {} });
}

async function take(
  { store }: StoreDeps,
  acting: Acting,
  input: Parameters<typeof receiveMessages>[2] & { readonly detail: Record<string, string> },
): Promise<TakenMessages> {
  return store.transaction(async (trx) => {
    const taken = await receiveMessages(trx, acting, input);
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'finderror.receive', detail: input.detail },
      ...{ before: null, after: { ...taken } },
    });
    return taken;
  });
}
