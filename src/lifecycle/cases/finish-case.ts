import type { Acting } from '../../domain/acting.ts';
import { addDays, type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import type { AccountCase } from './case.ts';
import { isWebAddress } from './case-form.ts';
import { carryThrough } from './case-register.ts';
import { type StepInput, stepCase } from './step-case.ts';

export interface AnnouncementInput extends StepInput {
  readonly url: string;
  readonly publishedOn: CalendarDate;
}

/** Notes where and when a closing was announced. Throws {@link UserError} as a step does, and `case.announcement`. */
export function announceCase(
  deps: LifecycleDeps,
  acting: Acting,
  input: AnnouncementInput,
): Promise<void> {
  const { url, publishedOn } = input;
  return stepCase(deps, acting, 'announce', input, async () => {
    if (!isWebAddress(url))
      throw new UserError('case.announcement', '公告的网址应是 http 或 https 的网址。', {
        field: 'url',
      });
    if (publishedOn > shanghaiDate(input.at))
      throw new UserError('case.announcement', '公告日期不能在今天之后；发布以后再登记。', {
        field: 'publishedOn',
      });
    return {
      change: { announcementUrl: url, announcedOn: publishedOn },
      audited: { url, publishedOn },
    };
  });
}

export interface CompletionInput extends StepInput {
  /** What the platform gave a new account; empty for a closing. */
  readonly accountId: string;
}

/**
 * Ends an approved case: a new account runs under its id, a closed one is closed. A closing needs its announcement; one that stood for
 * fewer days than the setting says needs a note why. Throws {@link UserError} as a step does, and `case.account-id`,
 * `case.announcement`, `case.early`, `account.taken`.
 */
export function completeCase(
  deps: LifecycleDeps,
  acting: Acting,
  input: CompletionInput,
): Promise<void> {
  const today = shanghaiDate(input.at);
  const accountId = input.accountId.trim();
  return stepCase(deps, acting, 'complete', input, async (trx, given) => {
    if (given.kind === 'open' && accountId === '')
      throw new UserError('case.account-id', '请填平台给这个账号的 ID，再办结。', {
        field: 'accountId',
      });
    if (given.kind === 'close') assertAnnounced(given, input.note ?? '', today, deps);
    await carryThrough(trx, given, accountId, today);
    return { audited: given.kind === 'open' ? { accountId } : {} };
  });
}

/** The first day on which an announced closing may be carried out without a further word. */
export const closableOn = (announcedOn: CalendarDate, announceDays: number): CalendarDate =>
  addDays(announcedOn, announceDays);

function assertAnnounced(
  { announcedOn }: AccountCase,
  note: string,
  today: CalendarDate,
  { lifecycle: { announceDays } }: LifecycleDeps,
): void {
  if (announcedOn === null)
    throw new UserError('case.announcement', '还没有登记公告的网址和日期；关停先公告，再办结。', {
      family: 'state',
    });
  const earliest = closableOn(announcedOn, announceDays);
  if (today < earliest && note.trim() === '')
    throw new UserError(
      'case.early',
      `公告（${announcedOn}）还不满 ${announceDays} 天，一般要到 ${earliest} 才能关停；确需提前的，请写明理由。`,
      { family: 'state', field: 'note' },
    );
}
