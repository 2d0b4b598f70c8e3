import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { bytesText } from '../../util/bytes.ts';
import type { Search } from '../../util/search.ts';
import {
  REGULATION_KIND_WORDS,
  type Regulation,
  type RegulationVersion,
} from '../regulations/regulation-words.tsx';
import { ConfirmReading } from './ConfirmReading.tsx';
import { DraftSteps } from './DraftSteps.tsx';
import { Readers } from './Readers.tsx';
import { Repeal } from './Repeal.tsx';

/** One regulation: its words, whether one confirmed it, its versions; for who writes it, the draft and who has not read. */
export function RegulationPage() {
  const { id } = useParams({ from: '/inside/duty/regulations/$id' });
  const { versionId } = useSearch({ strict: false }) as Search;
  const regulation = useGet('/api/v1/duty/regulations/{id}', {
    path: { id: Number(id) },
    query: versionId === undefined ? {} : { versionId: Number(versionId) },
  });
  return (
    <NeedsAbility ability="duty.read">
      <Answer of={regulation} pageTitle="制度">
        {(data) => <OneRegulation regulation={data} />}
      </Answer>
    </NeedsAbility>
  );
}

function OneRegulation({ regulation }: { readonly regulation: Regulation }) {
  const { shown, versions, repealedOn, currentId, mayEdit } = regulation;
  const draft = versions.find(({ state }) => state === 'draft');
  const isCurrent = shown.versionId === currentId;
  return (
    <>
      <PageHeader
        title={shown.title}
        aside={<StandTag regulation={regulation} />}
        back={{ to: '/duty/regulations', words: '制度库' }}
        note={repealedOn !== null && `${repealedOn} 废止：${regulation.repealReason}`}
      />
      <Panel title={shown.number === null ? '草稿' : `第 ${shown.number} 版`}>
        {shown.body !== '' && <p className="keep-lines break-all">{shown.body}</p>}
        <VersionFile id={regulation.id} version={shown} />
      </Panel>
      {isCurrent && <ConfirmReading regulation={regulation} />}
      {mayEdit && repealedOn === null && (
        <DraftSteps
          key={draft === undefined ? 'new' : `${draft.versionId}:${draft.revision}`}
          regulation={regulation}
          draft={draft}
        />
      )}
      <Panel title="情况">
        <Properties of={propertiesOf(regulation)} />
      </Panel>
      {currentId !== null && <Readers id={regulation.id} />}
      <Versions regulation={regulation} />
      {mayEdit && currentId !== null && draft === undefined && <Repeal id={regulation.id} />}
    </>
  );
}

function StandTag({ regulation: { shown, repealedOn, currentId } }: { regulation: Regulation }) {
  if (shown.state === 'draft') return <StateTag tone="waiting">草稿待发布</StateTag>;
  if (repealedOn !== null) return <StateTag tone="plain">已废止</StateTag>;
  return shown.versionId === currentId ? (
    <StateTag tone="good">现行</StateTag>
  ) : (
    <StateTag tone="plain">以前的版本</StateTag>
  );
}

function VersionFile(props: { readonly id: number; readonly version: RegulationVersion }) {
  const { id, version } = props;
  if (version.fileName === null) return null;
  return (
    <p>
      附件：
      <a href={`/api/v1/duty/regulations/${id}/versions/${version.versionId}/file`} download>
        {version.fileName}
      </a>
      <span className="quiet">（{bytesText(version.fileBytes ?? 0)}）</span>
    </p>
  );
}

function Versions({ regulation: { id, versions, shown } }: { readonly regulation: Regulation }) {
  if (versions.length < 2) return null;
  return (
    <Panel title="各个版本">
      <ul>
        {versions.map(({ versionId, number, publishedOn, changeNote }) => (
          <li key={versionId}>
            {versionId === shown.versionId ? (
              <strong>{number === null ? '草稿' : `第 ${number} 版`}</strong>
            ) : (
              <Link
                to="/duty/regulations/$id"
                params={{ id: String(id) }}
                search={{ versionId: String(versionId) }}
              >
                {number === null ? '草稿' : `第 ${number} 版`}
              </Link>
            )}
            {publishedOn !== null && `，${publishedOn} 发布`}
            {changeNote !== '' && `：${changeNote}`}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const propertiesOf = ({ shown, issuerName }: Regulation) =>
  [
    ['种类', REGULATION_KIND_WORDS[shown.kind]],
    ['发文字号', shown.documentNumber === '' ? '—' : shown.documentNumber],
    ['发布单位', issuerName],
    ['发给', shown.addresseeName === null ? '全部单位' : `${shown.addresseeName}及下级`],
    ['施行日期', shown.effectiveOn],
    ['学习期限', shown.readBy ?? '没有定'],
    ['起草', shown.draftedBy],
    ['起草时间', <DateText key="drafted" at={shown.draftedAt} />],
    ['发布', shown.decidedBy ?? '—'],
    ['发布日期', shown.publishedOn ?? '—'],
  ] as const;
