import { Link, useParams } from '@tanstack/react-router';
import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import {
  type Agreement,
  checkedShare,
  DueDay,
  openQuestions,
  SELF_CHECK_REFRESHES,
  type SelfCheck,
} from '../self-checks/self-check-words.tsx';
import { AgreementBar, AgreementLegend } from './AgreementBar.tsx';

type Unit = SelfCheck['units'][number];

/** One self-check: who handed in, and how far each agrees with the province. */
export function SelfCheckPage() {
  const { id } = useParams({ from: '/inside/self-checks/$id' });
  const check = useGet('/api/v1/self-checks/{id}', { path: { id: Number(id) } });
  return (
    <NeedsAbility ability="selfcheck.read">
      <Answer of={check} pageTitle="市级自查">
        {(data) => <OneCheck check={data} />}
      </Answer>
    </NeedsAbility>
  );
}

function OneCheck({ check }: { readonly check: SelfCheck }) {
  const { head, units, roundIsClosed } = check;
  const asked = units.reduce(
    (sum, { agreement }) => sum + (agreement === null ? 0 : openQuestions(agreement).city),
    0,
  );
  const waiting = units.filter(({ firstSubmittedOn }) => firstSubmittedOn === null).length;
  return (
    <>
      <PageHeader
        title={`${head.label}市级自查`}
        aside={
          <StateTag tone={head.state === 'open' ? 'busy' : 'plain'}>
            {head.state === 'open' ? '填报中' : '已结束'}
          </StateTag>
        }
        back={{ to: '/self-checks', words: '市级自查' }}
        note={
          <>
            期限 <DueDay {...head} />；{waiting === 0 ? '都已报送' : `${waiting} 个单位还没有报送`}
            。{head.note}
          </>
        }
        actions={check.may.close && <CloseCheck id={head.id} waiting={waiting} asked={asked} />}
      />
      <Panel title="各单位与省级结果">
        <p className="quiet">
          {roundIsClosed
            ? '只有一方发现的是请人核对的问题，不是结论。'
            : '省级批次还没有冻结；冻结以后这里显示比对的数字。'}
        </p>
        {roundIsClosed && <AgreementLegend />}
        <ScrollBox name="各单位">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">单位</th>
                <th scope="col">报送</th>
                <th scope="col">检查比例</th>
                <th scope="col">双方发现的问题</th>
                <th scope="col">请市里答复</th>
              </tr>
            </thead>
            <tbody>
              {units.map((unit) => (
                <UnitRow key={unit.unitId} id={head.id} unit={unit} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </Panel>
    </>
  );
}

function UnitRow({ id, unit }: { readonly id: number; readonly unit: Unit }) {
  const { agreement } = unit;
  return (
    <tr>
      <th scope="row">
        <Link
          to="/self-checks/$id/units/$unitId"
          params={{ id: String(id), unitId: String(unit.unitId) }}
        >
          {unit.unitName}
        </Link>
      </th>
      <td>
        <HandInTag unit={unit} />
      </td>
      <td>
        {agreement === null
          ? '—'
          : `${checkedShare(agreement)}（${agreement.checkedSubjects} / ${agreement.total}）`}
      </td>
      <td>
        {agreement === null ? '—' : <AgreementBar name={unit.unitName} agreement={agreement} />}
      </td>
      <td>{agreement === null ? '—' : <Questions agreement={agreement} />}</td>
    </tr>
  );
}

function Questions({ agreement }: { readonly agreement: Agreement }) {
  const { city, province } = openQuestions(agreement);
  if (city > 0)
    return (
      <StateTag tone="waiting">
        {city} 处待答复{province > 0 && `，${province} 处待认可`}
      </StateTag>
    );
  return province > 0 ? (
    <StateTag tone="busy">{province} 处待认可</StateTag>
  ) : (
    <StateTag tone="good">没有待答复的</StateTag>
  );
}

function HandInTag({ unit }: { readonly unit: Unit }) {
  const { state, firstSubmittedOn, isLate, version } = unit;
  if (firstSubmittedOn === null)
    return (
      <StateTag tone={isLate ? 'bad' : 'waiting'}>
        {isLate ? '逾期未报' : state === 'draft' ? '有草稿，未报送' : '未报送'}
      </StateTag>
    );
  return (
    <StateTag tone={isLate ? 'warn' : 'good'}>
      {isLate ? '逾期报送' : '已报送'}
      {version !== null && version > 1 && `，第 ${state === 'draft' ? version - 1 : version} 版`}
    </StateTag>
  );
}

interface CloseCheckProps {
  readonly id: number;
  /** Units that have not handed in, and questions that nobody answered. */
  readonly waiting: number;
  readonly asked: number;
}

function CloseCheck({ id, waiting, asked }: CloseCheckProps) {
  const close = useChange({
    change: () =>
      sendChange('post', '/api/v1/self-checks/{id}/closing', { params: { path: { id } } }),
    doneWords: '已结束',
    refreshes: SELF_CHECK_REFRESHES,
  });
  return (
    <ConfirmButton
      loading={close.isPending}
      question="结束这次自查？"
      consequence={`${waiting === 0 ? '' : `还有 ${waiting} 个单位没有报送。`}${asked === 0 ? '' : `比对里还有 ${asked} 处没有答复。`}结束以后不再收、不再催，也不能再答复，已报送的仍可比对；不能恢复。`}
      confirmWords="结束"
      onConfirm={() => close.mutateAsync()}
    >
      结束自查
    </ConfirmButton>
  );
}
