import { useNavigate, useSearch } from '@tanstack/react-router';
import { Form } from 'antd';
import { sendChange } from '../../api/client.ts';
import type { AccountDetail } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { UnitSelect } from '../../forms/UnitSelect.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useUser } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import type { Search } from '../../util/search.ts';
import { STATUS_WORDS } from '../../util/words.ts';
import { CASE_KIND_WORDS, type CaseKind } from '../account-cases/case-words.tsx';
import { CaseFields } from './CaseFields.tsx';
import { type CaseValues, caseFormOf, type PresentValues, presentOf } from './case-draft.ts';

const BACK = { to: '/account-cases', words: '账号事项' } as const;
const isKind = (text: string | undefined): text is CaseKind =>
  text !== undefined && text in CASE_KIND_WORDS;

/** A new case: `?kind=open`, or `?kind=close&account=12` for an account of the register. */
export function NewCasePage() {
  return (
    <NeedsAbility ability="case.apply">
      <NewCase />
    </NeedsAbility>
  );
}

function NewCase() {
  const { kind, account, duty } = useSearch({ strict: false }) as Search;
  if (!isKind(kind)) return <UnknownKind />;
  if (kind === 'open' || kind === 'enrol') return <CaseDraft kind={kind} account={null} />;
  return account === undefined ? (
    <UnknownKind />
  ) : (
    <OfAccount kind={kind} id={Number(account)} duty={duty} />
  );
}

function UnknownKind() {
  return (
    <>
      <PageHeader title="新办事项" back={BACK} />
      <EmptyState title="没有指明办什么">
        变更、暂停、关停、注销请从账号自己的页面办起；开设在“账号事项”里申请。
      </EmptyState>
    </>
  );
}

interface OfAccountProps {
  readonly kind: CaseKind;
  readonly id: number;
  readonly duty: string | undefined;
}

function OfAccount({ kind, id, duty }: OfAccountProps) {
  const account = useGet('/api/v1/accounts/{id}', { path: { id } });
  const changeable = useGet('/api/v1/accounts/{id}/changeable', { path: { id } });
  return (
    <Answer of={account} pageTitle="新办事项">
      {(data) => (
        <Answer of={changeable} pageTitle="新办事项">
          {(now) => <CaseDraft kind={kind} account={data} present={presentOf(now)} duty={duty} />}
        </Answer>
      )}
    </Answer>
  );
}

interface CaseDraftProps {
  readonly kind: CaseKind;
  readonly account: AccountDetail | null;
  readonly present?: PresentValues;
  readonly duty?: string | undefined;
}

interface Values extends CaseValues {
  readonly unitId?: number | null;
}

function CaseDraft({ kind, account, present = {}, duty }: CaseDraftProps) {
  const [form] = Form.useForm<Values>();
  const navigate = useNavigate();
  const unit = useUser()?.unit ?? null;
  const make = useChange({
    change: ({ unitId, ...values }: Values) =>
      sendChange('post', '/api/v1/account-cases', {
        body: {
          unitId: account === null ? (unitId ?? null) : null,
          accountId: account?.id ?? null,
          dutyId: duty === undefined ? null : Number(duty),
          form: caseFormOf(kind, values, present),
        },
      }),
    refreshes: ['/api/v1/account-cases', '/api/v1/account-cases/waiting'],
    isErrorShownByCaller: true,
    onDone: ({ id }) => void navigate({ to: '/account-cases/$id', params: { id: String(id) } }),
  });
  return (
    <>
      <PageHeader
        title={`${CASE_KIND_WORDS[kind]}账号`}
        back={BACK}
        note="先存为草稿，附上材料以后再提交；提交之前没有人会看到要办。"
      />
      {account && <PresentAccount account={account} />}
      <Panel title="申请内容">
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          className="case-form"
          initialValues={{ unitId: unit?.id ?? null, ...(kind === 'change' && present) }}
          onFinish={(values) => make.mutate(values)}
        >
          {account === null && (
            <Form.Item
              name="unitId"
              label="代表主体"
              rules={[{ required: true, message: '请选代表主体' }]}
            >
              <UnitSelect label="代表主体" />
            </Form.Item>
          )}
          <CaseFields kind={kind} />
          <FormProblem error={make.error} />
          <ReasonedButton type="primary" htmlType="submit" whyNot={null} loading={make.isPending}>
            存为草稿
          </ReasonedButton>
        </Form>
      </Panel>
    </>
  );
}

function PresentAccount({ account }: { readonly account: AccountDetail }) {
  return (
    <Panel title="名录里的账号">
      <Properties
        of={[
          ['账号名称', account.name],
          ['平台', account.platform],
          ['账号 ID', <code key="id">{account.accountId || '—'}</code>],
          ['代表主体', account.sponsor.name],
          ['状态', STATUS_WORDS[account.status]],
        ]}
      />
    </Panel>
  );
}
