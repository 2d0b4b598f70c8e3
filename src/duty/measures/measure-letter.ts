import { titleLines } from '../../documents/gb9704.ts';
import type { OfficialDocument } from '../../documents/official-document.ts';
import { chineseDate } from '../../lib/pure/dates.ts';
import { invariant, UserError } from '../../lib/pure/errors.ts';
import type { MeasureView } from './list-measures.ts';
import { measureKind } from './measure.ts';

const NUMERALS = ['一', '二', '三'] as const;

/**
 * The letter of a measure in force, in the form of an official document (GB/T 9704): always the same for the same measure. Throws
 * {@link UserError} `measure.state` before it is decided.
 */
export function measureLetter(measure: MeasureView): OfficialDocument {
  const { kind, unitName, issuer, number, decidedOn, reason, demand, dueOn, cases } = measure;
  if (number === null || decidedOn === null)
    throw new UserError('measure.state', '这项措施还没有决定，没有文书。', { family: 'state' });
  invariant(issuer !== null, `measure ${measure.id} was decided by nobody`);
  const { letterTitle, sentence } = measureKind(kind);
  const title = `关于对${unitName}${letterTitle}`;
  const until = dueOn === null ? '' : `请于${chineseDate(dueOn)}前落实，并报告结果。`;
  return {
    ...{ draftNotice: null, issuer, documentNumber: number, title, titleLines: titleLines(title) },
    recipients: `${unitName}：`,
    blocks: [
      { kind: 'body', lead: `${NUMERALS[0]}、事由。`, text: reason },
      { kind: 'body', lead: `${NUMERALS[1]}、决定。`, text: sentence },
      ...(demand === '' && until === ''
        ? []
        : [
            {
              ...{ kind: 'body' as const, lead: `${NUMERALS[2]}、要求。` },
              text: `${demand}${until}`,
            },
          ]),
    ],
    signedOn: chineseDate(decidedOn),
    annexes:
      cases.length === 0
        ? []
        : [
            {
              title: '有关整改事项',
              columns: [
                { head: '序号', width: 10, isCount: true },
                { head: '整改事项', width: 90 },
              ],
              rows: cases.map(({ words }, at) => [String(at + 1), words]),
              ...{ hasTotal: false, note: '' },
            },
          ],
  };
}
