import { useParams } from '@tanstack/react-router';
import type { AccountDetail } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useCan } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { sourceWords } from '../../util/words.ts';
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
import { AlertsPanel } from './AlertsPanel.tsx';
import { AuthorisationPanel } from './AuthorisationPanel.tsx';
import { CasesPanel } from './CasesPanel.tsx';
import { IndicesPanel } from './IndicesPanel.tsx';
import { ObservationsPanel, RoundSightsPanel } from './ObservationsPanel.tsx';
import { PostsPanel } from './PostsPanel.tsx';
import { PublishingPanel } from './PublishingPanel.tsx';
import { RecordPanel } from './RecordPanel.tsx';
import { SourcesPanel } from './SourcesPanel.tsx';
import { isWechat } from './use-authorisation.ts';
import '../subject/subject.css';
import './account.css';

/** Everything known of one government new-media account. */
export function AccountPage() {
  const { id } = useParams({ from: '/inside/accounts/$id' });
  const account = useGet('/api/v1/accounts/{id}', { path: { id: Number(id) } });
  return (
    <Answer of={account} pageTitle="政务新媒体">
      {(data) => <Account account={data} />}
    </Answer>
  );
}

function Account({ account }: { readonly account: AccountDetail }) {
  // A sponsor follows its findings; the round itself is the supervisors'.
  const can = useCan();
  const mayReadRounds = can('round.read');
  const maySeeSights = can('evidence.read');
  const period = useShownRound(account.rounds);
  return (
    <>
      <SubjectHeader
        name={account.name}
        status={account.status}
        verdict={account.lastVerdict}
        list={{ to: '/accounts', words: '政务新媒体' }}
      />
      <Panel title="基本信息">
        <Properties
          of={[
            ['平台', account.platform],
            ['账号 ID', <code key="id">{account.accountId}</code>],
            ['代表主体', account.sponsor.name],
            ['通报行', account.printRow],
            ['信源', sourceWords(account.sources)],
          ]}
        />
        <DutyChain chain={account.dutyChain} />
      </Panel>
      <HoldersPanel kind="account" id={account.id} />
      <AlertsPanel id={account.id} />
      <PublishingPanel id={account.id} />
      <IndicesPanel id={account.id} />
      {maySeeSights && <ObservationsPanel account={account} />}
      {isWechat(account) && <AuthorisationPanel account={account} />}
      <SourcesPanel account={account} />
      <RecordPanel id={account.id} />
      <RoundsPanel rounds={account.rounds} shown={period} />
      {period !== null && mayReadRounds && <AccountRound account={account} period={period} />}
      <CasesPanel account={account} />
      <HistoryPanel history={account.history} />
    </>
  );
}

interface AccountRoundProps {
  readonly account: Pick<AccountDetail, 'id' | 'name'>;
  readonly period: string;
}

function AccountRound({ account, period }: AccountRoundProps) {
  const { id, name } = account;
  const round = useGet('/api/v1/accounts/{id}/rounds/{period}', { path: { id, period } });
  return (
    <Answer of={round} rows={8}>
      {(data) => (
        <>
          <FindingsPanel
            findings={data.findings}
            action={
              <EnterFinding
                {...{ kind: 'account', id, name, isPortal: false, period, findings: data.findings }}
              />
            }
          />
          <PostsPanel posts={data.posts} monitoredAt={data.monitoredAt} />
          <NoticesPanel notices={data.notices} />
          <RoundSightsPanel accountId={id} observations={data.observations} />
          {data.pages.length > 0 && <PagesPanel pages={data.pages} />}
          <FactsPanel facts={data.facts} />
        </>
      )}
    </Answer>
  );
}
