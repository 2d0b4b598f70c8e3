import { titleLines } from '../../documents/gb9704.ts';
import { writeOfficialDocx } from '../../documents/write-official-docx.ts';
import { type CalendarDate, chineseDate } from '../../lib/pure/dates.ts';
import type { FormOf } from './case-form.ts';

export interface ClosingNotice {
  readonly title: string;
  /** Paragraphs. */
  readonly text: readonly string[];
  readonly unit: string;
  readonly date: string;
}

interface ClosedAccount {
  readonly platform: string;
  readonly name: string;
  readonly accountId: string;
  readonly sponsorName: string;
}

/** The public notice of a closing: the unit's own words, or the template's. */
export function closingNotice(
  account: ClosedAccount,
  form: FormOf<'close'>,
  on: CalendarDate,
): ClosingNotice {
  const own = form.announcement
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    title: `关于关停${account.platform}账号“${account.name}”的公告`,
    text: own.length > 0 ? own : templateText(account, form),
    unit: account.sponsorName,
    date: chineseDate(on),
  };
}

function templateText(account: ClosedAccount, form: FormOf<'close'>): string[] {
  const id = account.accountId === '' ? '' : `（账号 ID：${account.accountId}）`;
  return [
    `根据政务新媒体管理有关规定和工作需要，${account.sponsorName}决定关停${account.platform}账号“${account.name}”${id}。该账号自${chineseDate(form.closesOn)}起停止更新，并按规定办理注销手续。`,
    ...form.followers.split('\n').filter((line) => line.trim() !== ''),
    '感谢社会各界长期以来的关注和支持。',
    '特此公告。',
  ];
}

/** The notice as a .docx in the layout of official documents, ready to be published. */
export function writeClosingNotice({
  title,
  text,
  unit,
  date,
}: ClosingNotice): Promise<Uint8Array> {
  return writeOfficialDocx({
    draftNotice: null,
    ...{ issuer: unit, documentNumber: '', title, titleLines: titleLines(title) },
    recipients: '',
    blocks: text.map((line) => ({ kind: 'body' as const, lead: '', text: line })),
    ...{ signedOn: date, annexes: [] },
  });
}
