import { titleLines } from '../documents/gb9704.ts';
import type { OfficialBlock, OfficialDocument } from '../documents/official-document.ts';
import { chineseDate, isCalendarDate } from '../lib/pure/dates.ts';
import { annexTables } from './annex-tables.ts';
import type { Bulletin, Paragraph } from './bulletin.ts';

/** The bulletin as an official document, ready for any of the writers. */
export function officialForm(bulletin: Bulletin): OfficialDocument {
  const { issuer, issuedOn, title } = bulletin;
  return {
    draftNotice: draftNotice(bulletin),
    issuer,
    documentNumber: bulletin.documentNumber,
    title,
    titleLines: titleLines(title),
    recipients: bulletin.text.recipients,
    blocks: bulletin.text.paragraphs.map(blockOf),
    signedOn: isCalendarDate(issuedOn) ? chineseDate(issuedOn) : issuedOn,
    annexes: annexTables(bulletin),
  };
}

function draftNotice({ isDraft, reviewWaived, replay }: Bulletin): string | null {
  if (!isDraft) return null;
  const reasons = [
    ...(reviewWaived === null ? [] : ['未经两人审核']),
    ...(replay ? ['补采批次'] : []),
  ];
  return `草案，不能签发（${reasons.join('，')}）`;
}

/** `（一）个别单位整改落实不到位。` opens its paragraph in the second level's type. */
function blockOf({ style, text }: Paragraph): OfficialBlock {
  if (style === 'heading1') return { kind: 'heading', lead: '', text };
  const lead = /^（[一二三四五六七八九十]+）[^。]{1,30}。/.exec(text)?.[0] ?? '';
  return { kind: 'body', lead, text: text.slice(lead.length) };
}
