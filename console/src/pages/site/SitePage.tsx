import { useParams } from '@tanstack/react-router';
import type { SiteDetail } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { HoldersPanel } from '../duty-chain/HoldersPanel.tsx';
import { DutyChain } from '../subject/DutyChain.tsx';
import { EnterFinding } from '../subject/EnterFinding.tsx';
import { FactsPanel } from '../subject/FactsPanel.tsx';
import { FindingsPanel } from '../subject/FindingsPanel.tsx';
import { HistoryPanel } from '../subject/HistoryPanel.tsx';
import { NoticesPanel } from '../subject/NoticesPanel.tsx';
import { PagesPanel } from '../subject/PagesPanel.tsx';
import { RoundsPanel } from '../subject/RoundsPanel.tsx';
import { SubjectHeader } from '../subject/SubjectHeader.tsx';
import { useShownRound } from '../subject/use-shown-round.ts';
import { AvailabilityPanel } from './AvailabilityPanel.tsx';
import { QuietHoursPanel } from './QuietHoursPanel.tsx';
import { ScorePanel } from './ScorePanel.tsx';
import { SectionsPanel } from './SectionsPanel.tsx';
import { SurveyPanel } from './SurveyPanel.tsx';
import '../subject/subject.css';

/** Everything known of one government website. */
export function SitePage() {
  const { id } = useParams({ from: '/inside/sites/$id' });
  const site = useGet('/api/v1/sites/{id}', { path: { id: Number(id) } });
  return (
    <Answer of={site} pageTitle="政府网站">
      {(data) => <Site site={data} />}
    </Answer>
  );
}

function Site({ site }: { readonly site: SiteDetail }) {
  // A sponsor follows its findings; the round itself is the supervisors'.
  const mayReadRounds = useCan()('round.read');
  const period = useShownRound(site.rounds);
  return (
    <>
      <SubjectHeader
        name={site.name}
        status={site.status}
        verdict={site.lastVerdict}
        list={{ to: '/sites', words: '政府网站' }}
      />
      <Panel title="基本信息">
        <Properties
          of={[
            ['网站标识码', <code key="code">{site.siteCode}</code>],
            ['首页', <OutsideLink key="home" url={site.homeUrl} />],
            ['主办单位', site.sponsor.name],
            ['通报行', site.printRow],
            ['门户网站', site.isPortal ? '是' : '否'],
            ['对外服务职能', site.hasService ? '有' : '无'],
          ]}
        />
        <DutyChain chain={site.dutyChain} />
      </Panel>
      <HoldersPanel kind="site" id={site.id} />
      <QuietHoursPanel id={site.id} />
      <RoundsPanel rounds={site.rounds} shown={period} />
      {period !== null && mayReadRounds && <SiteRound site={site} period={period} />}
      <HistoryPanel history={site.history} />
    </>
  );
}

function SiteRound({ site, period }: { readonly site: SiteDetail; readonly period: string }) {
  const { id, name, isPortal } = site;
  const round = useGet('/api/v1/sites/{id}/rounds/{period}', { path: { id, period } });
  return (
    <Answer of={round} rows={8}>
      {(data) => (
        <>
          {data.score && <ScorePanel score={data.score} />}
          <FindingsPanel
            findings={data.findings}
            action={
              <EnterFinding
                {...{ kind: 'site', id, name, isPortal, period, findings: data.findings }}
              />
            }
          />
          <NoticesPanel notices={data.notices} />
          <AvailabilityPanel probes={data.probes} />
          <SectionsPanel id={id} period={period} />
          <SurveyPanel id={id} period={period} />
          <PagesPanel pages={data.pages} />
          <FactsPanel facts={data.facts} />
        </>
      )}
    </Answer>
  );
}
