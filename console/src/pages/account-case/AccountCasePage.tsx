import { Link, useParams } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import {
  CASE_KIND_WORDS,
  CASE_ORIGIN_WORDS,
  type CaseDetail,
  CaseStateTag,
} from '../account-cases/case-words.tsx';
import { AmendCase } from './AmendCase.tsx';
import { CaseFiles } from './CaseFiles.tsx';
import { CaseSteps } from './CaseSteps.tsx';
import { ClosingPanel } from './ClosingPanel.tsx';
import { formProperties } from './form-properties.tsx';
import './account-case.css';

/** One case: what is asked for, what speaks against it, its files, its trail, and what may be done now. */
export function AccountCasePage() {
  const { id } = useParams({ from: '/inside/account-cases/$id' });
  const given = useGet('/api/v1/account-cases/{id}', { path: { id: Number(id) } });
  return (
    <NeedsAbility ability="case.read">
      <Answer of={given} pageTitle="账号事项">
        {(data) => <OneCase given={data} />}
      </Answer>
    </NeedsAbility>
  );
}

function OneCase({ given }: { readonly given: CaseDetail }) {
  const mayAmend = given.maySteps.some(({ step, whyNot }) => step === 'amend' && whyNot === null);
  return (
    <>
      <PageHeader
        title={`${CASE_KIND_WORDS[given.kind]}：${given.name}`}
        aside={<CaseStateTag given={given} />}
        back={{ to: '/account-cases', words: '账号事项' }}
        note={`第 ${given.id} 号，${given.unit.name}`}
      />
      <Warnings warnings={given.warnings} />
      <CaseSteps given={given} />
      <Panel title="申请内容" aside={mayAmend && <AmendCase given={given} />}>
        <Properties of={[...headProperties(given), ...formProperties(given.form)]} />
        <Differences given={given} />
      </Panel>
      {given.notice && <ClosingPanel given={given} notice={given.notice} />}
      <CaseFiles given={given} mayAmend={mayAmend} />
      <Trail steps={given.steps} />
    </>
  );
}

const headProperties = (given: CaseDetail) =>
  [
    ['平台', given.platform],
    ['账号', given.account ? <AccountLink key="account" account={given.account} /> : given.name],
    ['申请人', given.applicant],
    ['来源', CASE_ORIGIN_WORDS[given.origin]],
    ['本步期限', <DateText key="due" at={given.dueOn} as="date" />],
  ] as const;

function AccountLink({ account }: { readonly account: NonNullable<CaseDetail['account']> }) {
  return (
    <Link to="/accounts/$id" params={{ id: String(account.id) }}>
      {account.name}
      {account.accountId && `（${account.accountId}）`}
    </Link>
  );
}

function Warnings({ warnings }: Pick<CaseDetail, 'warnings'>) {
  if (warnings.length === 0) return null;
  return (
    <section className="case-warnings" aria-label="请注意">
      <h2>请注意</h2>
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </section>
  );
}

function Differences({ given: { differences } }: { readonly given: CaseDetail }) {
  if (differences.length === 0) return null;
  return (
    <ScrollBox name="变更的内容">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">项目</th>
            <th scope="col">变更前</th>
            <th scope="col">变更后</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ field, from, to }) => (
            <tr key={field}>
              <th scope="row">{field}</th>
              <td>{from || '—'}</td>
              <td>{to || '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Trail({ steps }: Pick<CaseDetail, 'steps'>) {
  return (
    <Panel title="经过">
      <ol className="case-trail">
        {steps.map(({ words, by, at, note }) => (
          <li key={`${at}:${by}:${words}`}>
            <strong>{by}</strong> {words} <DateText at={at} />
            {note && <p className="keep-lines">{note}</p>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
