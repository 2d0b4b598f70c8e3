import { Checkbox } from 'antd';
import { useState } from 'react';
import type { SectionItem, SiteSections } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { oddityWords, sectionKindWords } from '../../util/fact-words.ts';
import type { DecidedSite } from './DecideSection.tsx';
import { SectionRow } from './SectionRow.tsx';

/** The section tree of a site in a round: what each section is for, what is new in it, what is odd about it, what a person decided. */
export function SectionsPanel({ id, period }: DecidedSite) {
  const sections = useGet('/api/v1/sites/{id}/rounds/{period}/sections', {
    path: { id, period },
  });
  return (
    <Answer of={sections} rows={4}>
      {(data) => <Sections of={data} site={{ id, period }} />}
    </Answer>
  );
}

const isMarked = ({ marks, decision }: SectionItem): boolean =>
  marks.length > 0 || decision !== null;

function Sections({ of: seen, site }: { readonly of: SiteSections; readonly site: DecidedSite }) {
  const [isNarrowed, setNarrowed] = useState(false);
  const marked = seen.items.filter(isMarked);
  return (
    <Panel
      title="栏目"
      aside={
        <span className="tag-row">
          <span className="quiet">
            {seen.items.length} 个{seen.leftOut > 0 && `，另有 ${seen.leftOut} 个超出上限没有读`}
          </span>
          {marked.length > 0 && (
            <Checkbox checked={isNarrowed} onChange={({ target }) => setNarrowed(target.checked)}>
              只看有提示或认定过的（{marked.length}）
            </Checkbox>
          )}
        </span>
      }
    >
      {seen.items.length === 0 ? (
        <EmptyState title={seen.reason ?? '没有读到栏目'} />
      ) : (
        <SectionTable items={isNarrowed ? marked : seen.items} site={site} />
      )}
      <Below of={seen} />
      <UnseenDecisions of={seen} />
    </Panel>
  );
}

function SectionTable({
  items,
  site,
}: {
  readonly items: readonly SectionItem[];
  readonly site: DecidedSite;
}) {
  return (
    <ScrollBox name="栏目列表">
      <table className="plain-table stacks">
        <thead>
          <tr>
            {['栏目', '类别', '内容', '最近更新', '原件', '认定'].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((section) => (
            <SectionRow key={section.url} section={section} site={site} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Below({ of: { below } }: { readonly of: SiteSections }) {
  if (below.length === 0) return null;
  return (
    <details className="more">
      <summary>所读层级以下的栏目 {below.length} 个</summary>
      <ul>
        {below.map(({ url, name, oddity, reason }) => (
          <li key={`${oddity} ${url}`}>
            {name}：{oddityWords(oddity)}，{reason} <OutsideLink url={url} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function UnseenDecisions({ of: { unseenDecisions } }: { readonly of: SiteSections }) {
  if (unseenDecisions.length === 0) return null;
  return (
    <details className="more">
      <summary>认定过、本批次没有看到的栏目 {unseenDecisions.length} 个</summary>
      <ul>
        {unseenDecisions.map(({ url, kind, decidedBy, reason }) => (
          <li key={url}>
            <OutsideLink url={url} /> 由 {decidedBy} 认定为“{sectionKindWords(kind)}”：{reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
