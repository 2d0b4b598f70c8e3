import type { SectionItem } from '../../api/types.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { DateText } from '../../ui/DateText.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';
import {
  kindSourceWords,
  oddityWords,
  sectionContentWords,
  sectionKindWords,
} from '../../util/fact-words.ts';
import { type DecidedSite, DecideSection } from './DecideSection.tsx';

const TONES: Readonly<Record<SectionItem['content'], Tone>> = {
  ...{ listed: 'good', blank: 'bad', unobserved: 'warn', script: 'warn' },
  ...{ single: 'plain', query: 'plain' },
};
/** Pixels by which a section stands to the right of the one above it. */
const INDENT = 18;

/** One section of the tree. */
export function SectionRow({
  section,
  site,
}: {
  readonly section: SectionItem;
  readonly site: DecidedSite;
}) {
  const { name, url, level, latestOn, latestTitle } = section;
  return (
    <tr>
      <td data-label="栏目">
        <span style={{ paddingLeft: `${Math.max(0, level - 1) * INDENT}px` }}>
          {name}
          <br />
          <OutsideLink url={url} />
        </span>
      </td>
      <td data-label="类别">
        <Kind section={section} />
      </td>
      <td data-label="内容">
        <Content section={section} />
      </td>
      <td data-label="最近更新">
        <span>
          <DateText at={latestOn} as="date" />
          {latestTitle && <p className="quiet">{latestTitle}</p>}
        </span>
      </td>
      <td data-label="原件">
        <Original section={section} />
      </td>
      <td data-label="认定">
        <DecideSection section={section} site={site} />
      </td>
    </tr>
  );
}

function Kind({ section }: { readonly section: SectionItem }) {
  const { kind, confidence, sources, decision } = section;
  return (
    <span>
      {sectionKindWords(kind)}
      <p className="quiet">
        把握 {confidence}，据{sources.map(kindSourceWords).join('、')}
      </p>
      {decision && (
        <p>
          <StateTag tone="plain">
            {decision.decidedBy}认定为“{sectionKindWords(decision.kind)}”
          </StateTag>
          {decision.kind !== kind && <span className="quiet">，下一批次起照此判断</span>}
        </p>
      )}
    </span>
  );
}

/** Whether it has something, and each oddity with what was seen. */
function Content({ section }: { readonly section: SectionItem }) {
  const { content, reason, marks } = section;
  const isTold = marks.some(({ oddity }) => oddity === content || oddity === 'gone');
  return (
    <span>
      {!isTold && <StateTag tone={TONES[content]}>{sectionContentWords(content)}</StateTag>}
      {!isTold && reason && <p className="quiet">{reason}</p>}
      {marks.map((mark) => (
        <span key={`${mark.oddity} ${mark.reason}`}>
          <StateTag tone="bad">{oddityWords(mark.oddity)}</StateTag>
          <p className="quiet">{mark.reason}</p>
        </span>
      ))}
    </span>
  );
}

function Original({ section: { name, snapshot } }: { readonly section: SectionItem }) {
  const whyNot = useWhyNot()('evidence.read');
  if (snapshot === null || whyNot !== null) return <span>—</span>;
  return (
    <a
      href={`/api/v1/evidence/records/${snapshot}/view`}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={`查看“${name}”的存档网页`}
    >
      查看
    </a>
  );
}
