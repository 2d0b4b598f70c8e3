/** The reviewer's queue: which finding comes next, and what has been decided since the list was read. Pure. */

export type Decision = 'confirm' | 'reject' | 'cannotJudge' | 'annotate' | 'withdraw';

/** What was decided here since the list was read; the list itself stays still under the reviewer's hands. */
export type Decided = ReadonlyMap<number, Exclude<Decision, 'annotate' | 'withdraw'>>;

/** The neighbour of `current`; null at either end. Without a current one, the first (or the last, going back). */
export function neighbour(
  ids: readonly number[],
  current: number | null,
  step: 1 | -1,
): number | null {
  if (current === null || !ids.includes(current)) return ids.at(step === 1 ? 0 : -1) ?? null;
  const at = ids.indexOf(current) + step;
  return at < 0 ? null : (ids[at] ?? null);
}

/**
 * Where to go after `current` was decided: the next undecided one below it, else the first undecided one above;
 * null when everything in the list is decided.
 */
export function nextUndecided(
  ids: readonly number[],
  current: number,
  decided: Decided,
): number | null {
  const at = ids.indexOf(current);
  const isLeft = (id: number): boolean => id !== current && !decided.has(id);
  return ids.slice(at + 1).find(isLeft) ?? ids.slice(0, Math.max(at, 0)).find(isLeft) ?? null;
}

export function withDecision(decided: Decided, id: number, decision: Decision): Decided {
  const next = new Map(decided);
  if (decision === 'withdraw') next.delete(id);
  else if (decision !== 'annotate') next.set(id, decision);
  return next;
}

/** What a key asks for in the queue. */
export type QueueCommand =
  | 'next'
  | 'previous'
  | 'confirm'
  | 'reject'
  | 'cannotJudge'
  | 'annotate'
  | 'openEvidence'
  | 'undo'
  | 'help';

const COMMANDS: Readonly<Record<string, QueueCommand>> = {
  j: 'next',
  k: 'previous',
  c: 'confirm',
  r: 'reject',
  u: 'cannotJudge',
  n: 'annotate',
  o: 'openEvidence',
  z: 'undo',
  '?': 'help',
  '？': 'help',
};

export interface KeyPress {
  readonly key: string;
  readonly hasModifier: boolean;
  readonly isComposing: boolean;
  /** Whether the focus is where letters are text, or in a dialog. */
  readonly isTyping: boolean;
}

/** Letters with Ctrl, Alt or Meta belong to the browser; letters being typed or composed by an input method are text. */
export function commandOf(press: KeyPress): QueueCommand | null {
  if (press.hasModifier || press.isComposing || press.isTyping) return null;
  return COMMANDS[press.key.toLowerCase()] ?? null;
}

/** The keys as the help sheet lists them. */
export const KEY_WORDS: readonly { readonly key: string; readonly words: string }[] = [
  { key: 'J', words: '下一条' },
  { key: 'K', words: '上一条' },
  { key: 'C', words: '确认问题成立' },
  { key: 'R', words: '驳回（问题不成立），要写理由' },
  { key: 'U', words: '不能判定，要写理由' },
  { key: 'N', words: '加批注，不作决定' },
  { key: 'O', words: '在新窗口打开存档的原页' },
  { key: 'Z', words: '撤回自己的上一个决定' },
  { key: '?', words: '打开或关上这张表' },
];
