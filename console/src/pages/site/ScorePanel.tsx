import type { SiteRound } from '../../api/types.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';
import { pointsOrUnverified, rangeText } from '../../util/points.ts';

type Score = NonNullable<SiteRound['score']>;
type Entry = Score['entries'][number];
type Line = Entry['lines'][number];

const LINE_WORDS: Readonly<Record<Line['state'], string>> = {
  counted: '计入',
  clear: '没有发现',
  undetermined: '没能看清',
  notApplicable: '不适用',
  off: '待核，未启用',
};
const LINE_TONES: Readonly<Record<Line['state'], Tone>> = {
  counted: 'bad',
  clear: 'good',
  undetermined: 'warn',
  notApplicable: 'plain',
  off: 'plain',
};

/** How the round scored a portal: every indicator with what it took, its cap, and what was off or could not be told. */
export function ScorePanel({ score }: { readonly score: Score }) {
  const asked = score.entries.filter(({ lines }) => lines.some(({ state }) => state !== 'off'));
  const off = score.entries.filter((entry) => !asked.includes(entry));
  return (
    <Panel title="门户网站得分" aside={<strong>{score.words}</strong>}>
      {score.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
      {asked.length > 0 && (
        <ScrollBox name="各指标得分">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">指标</th>
                <th scope="col">情形</th>
                <th scope="col" className="number">
                  处数 × 每处
                </th>
                <th scope="col" className="number">
                  该项总分
                </th>
                <th scope="col" className="number">
                  扣分或加分
                </th>
              </tr>
            </thead>
            <tbody>
              {asked.map((entry) => (
                <EntryRow key={entry.entryId} entry={entry} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {off.length > 0 && (
        <p className="quiet">待核未启用：{off.map(({ name }) => name).join('、')}</p>
      )}
    </Panel>
  );
}

function EntryRow({ entry }: { readonly entry: Entry }) {
  const { name, part, group, cap, counted, lines } = entry;
  const isNothing = counted.lowest === 0 && counted.highest === 0;
  return (
    <tr>
      <th scope="row">
        {name}
        <p className="quiet">{group}</p>
      </th>
      <td>
        {lines.map((line) => (
          <p key={line.ruleId} className="tag-row">
            <StateTag
              tone={part === 'bonus' && line.state === 'counted' ? 'good' : LINE_TONES[line.state]}
            >
              {LINE_WORDS[line.state]}
            </StateTag>
            {lines.length > 1 && line.label}
            {line.countedElsewhere > 0 && (
              <span className="quiet">另有 {line.countedElsewhere} 处已在其他指标计过</span>
            )}
            {line.state === 'clear' && line.judgedBy === 'person' && (
              <span className="quiet">由人判定，没有录入</span>
            )}
          </p>
        ))}
      </td>
      <td className="number">
        {lines.map((line) => (
          <p key={line.ruleId}>{occurrenceWords(line)}</p>
        ))}
      </td>
      <td className="number">{pointsOrUnverified(cap)}</td>
      <td className="number">
        {isNothing ? '0' : `${part === 'bonus' ? '+' : '−'}${rangeText(counted)}`}
      </td>
    </tr>
  );
}

/** `2 × 5 分`, with how many more there could be. */
function occurrenceWords({ state, occurrences, points, unseen }: Line): string {
  if (state === 'off' || state === 'notApplicable') return '—';
  const more = unseen === null ? '＋若干' : unseen > 0 ? `＋0～${unseen}` : '';
  return `${occurrences}${more} × ${pointsOrUnverified(points)}`;
}
