import { Input } from 'antd';
import { useId, useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { AnswerOf, BodyOf } from '../../api/types.ts';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { WordsField } from '../../forms/WordsField.tsx';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { DoorPage } from '../../layout/DoorPage.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';

type Left = BodyOf<'/api/v1/public/find-errors', 'post'>;
type FormState = AnswerOf<'/api/v1/public/find-errors/form'>;

/** The page of everybody: says where a government's site is wrong, and shows what was answered to others. */
export function PublicFindErrorPage() {
  const form = useGet('/api/v1/public/find-errors/form', {});
  return (
    <DoorPage
      title="我为政府网站找错"
      note="政府网站打不开、不更新、有错误、留言没人回复，请告诉我们。"
    >
      <Answer of={form} rows={6}>
        {(data) =>
          data.isOpen ? (
            <>
              <LeaveMessage form={data} />
              <PublishedMessages />
            </>
          ) : (
            <EmptyState title="这里没有开通网上找错">
              请通过有关网站底部的“我为政府网站找错”反映。
            </EmptyState>
          )
        }
      </Answer>
    </DoorPage>
  );
}

const EMPTY = { siteName: '', pageUrl: '', content: '', name: '', contact: '', homepage: '' };
const CONTENT_MIN = 5;

function LeaveMessage({ form }: { readonly form: FormState }) {
  const typeId = useId();
  const [given, setGiven] = useState(EMPTY);
  const [problemType, setType] = useState('');
  const set = (name: keyof typeof EMPTY) => (value: string) =>
    setGiven((before) => ({ ...before, [name]: value }));
  const leave = useChange({
    change: () =>
      sendChange('post', '/api/v1/public/find-errors', {
        body: { ...trimmed(given), problemType } as Left,
      }),
    isErrorShownByCaller: true,
    onDone: () => {
      setGiven(EMPTY);
      setType('');
    },
  });
  const whyNot =
    problemType === ''
      ? '请选问题的类型。'
      : [...given.content.trim()].length < CONTENT_MIN
        ? `请写明哪里不对，至少 ${CONTENT_MIN} 个字。`
        : null;
  return (
    <form className="stack" onSubmit={(event) => event.preventDefault()}>
      <label htmlFor={typeId}>问题的类型：</label>
      <select id={typeId} value={problemType} onChange={(event) => setType(event.target.value)}>
        <option value="">请选择</option>
        {form.problemTypes.map((type) => (
          <option key={type}>{type}</option>
        ))}
      </select>
      <Line label="网站名称：" value={given.siteName} max={200} onChange={set('siteName')} />
      <Line
        label="有问题的网页的网址（http:// 或 https:// 开头）："
        value={given.pageUrl}
        max={1_000}
        onChange={set('pageUrl')}
      />
      <WordsField label="哪里不对：" value={given.content} rows={5} onChange={set('content')} />
      <Line label="怎样称呼您（可以不写）：" value={given.name} max={20} onChange={set('name')} />
      <Line
        label="电话或邮箱（可以不写，只给办理的人看，不公布）："
        value={given.contact}
        max={100}
        onChange={set('contact')}
      />
      <Trap value={given.homepage} onChange={set('homepage')} />
      <p className="quiet">
        请不要写身份证号、银行卡号。同一网络一天最多提交 {form.perDay} 条；一般 3 个工作日内答复。
        称呼和联系方式只用于办理，答复满 {form.keepDays} 天后自动清除。
      </p>
      <FormProblem error={leave.error} />
      {leave.data !== undefined && leave.error === null && (
        <p role="status">已收到，编号 {leave.data.id}。谢谢您！</p>
      )}
      <ReasonedButton
        type="primary"
        htmlType="submit"
        whyNot={whyNot}
        loading={leave.isPending}
        onClick={() => leave.mutate()}
      >
        提交
      </ReasonedButton>
    </form>
  );
}

const trimmed = (given: typeof EMPTY): typeof EMPTY =>
  Object.fromEntries(
    Object.entries(given).map(([name, text]) => [name, text.trim()]),
  ) as typeof EMPTY;

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly max: number;
  readonly onChange: (value: string) => void;
}

function Line({ label, value, max, onChange }: LineProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        maxLength={max}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}

/** A field that people neither see nor reach: only a machine fills it, and is refused. */
function Trap({ value, onChange }: Pick<LineProps, 'value' | 'onChange'>) {
  return (
    <div className="only-read" aria-hidden>
      <input
        name="homepage"
        tabIndex={-1}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function PublishedMessages() {
  const published = useGet('/api/v1/public/find-errors', { query: { limit: 20 } });
  const items = published.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label="已公布的答复">
      <h2>已公布的答复</h2>
      <ul className="case-trail">
        {items.map((each) => (
          <li key={each.id}>
            <strong>{each.siteName || each.problemType}</strong>{' '}
            <span className="quiet">
              {each.name}，{each.receivedOn}
            </span>
            <p className="keep-lines break-all">{each.content}</p>
            <p className="keep-lines break-all">
              <strong>答复（{each.answeredOn}）：</strong>
              {each.answer}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
