import type { SiteRound } from '../../api/types.ts';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';
import { sectionContentWords, sectionKindWords } from '../../util/fact-words.ts';

const TONES: Readonly<Record<string, Tone>> = { listed: 'good', blank: 'bad', unobserved: 'warn' };

/** The sections of a site with the date of what is newest in each. */
export function SectionsPanel({ sections }: Pick<SiteRound, 'sections'>) {
  return (
    <Panel title="栏目" aside={<span className="quiet">{sections.length} 个</span>}>
      {sections.length === 0 ? (
        <EmptyState title="没有读到栏目" />
      ) : (
        <ScrollBox name="栏目列表">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">栏目</th>
                <th scope="col">类别</th>
                <th scope="col">内容</th>
                <th scope="col">最近更新</th>
                <th scope="col">网址</th>
              </tr>
            </thead>
            <tbody>
              {sections.map((section) => (
                <tr key={section.url}>
                  <td style={{ paddingLeft: `${10 + Math.max(0, section.level - 1) * 18}px` }}>
                    {section.name}
                  </td>
                  <td>{sectionKindWords(section.kind)}</td>
                  <td>
                    <StateTag tone={TONES[section.content] ?? 'plain'}>
                      {sectionContentWords(section.content)}
                    </StateTag>
                    {section.reason && <p className="quiet">{section.reason}</p>}
                  </td>
                  <td>
                    <DateText at={section.newest} as="date" />
                  </td>
                  <td>
                    <OutsideLink url={section.url} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Panel>
  );
}
