import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { TableHead } from '../../ui/TableHead.tsx';
import { type AssessmentDetail, formWords, PART_WORDS } from '../assessments/assessment-words.tsx';

const TITLES = ['指标', '部分', '怎样计', '数字从哪里来', '出处'];
const CONFIDENCES = { verified: '两处核对', oneSource: '一处来源', memory: '待核' } as const;

/** The rules of an assessment; those that are off are told too, with why. */
export function RuleTable({ scheme }: Pick<AssessmentDetail, 'scheme'>) {
  const { rules, source, deductMax, passAt, bonusAbove, bonusMax } = scheme;
  const on = rules.filter(({ enabled }) => enabled);
  const off = rules.filter(({ enabled }) => !enabled);
  return (
    <>
      <p>
        {source}。扣分项满分 {deductMax} 分，低于 {passAt} 分不合格；高于 {bonusAbove}{' '}
        分的才计加分，加分最多 {bonusMax} 分。
      </p>
      <Rules name="启用的指标" rules={on} />
      {off.length > 0 && (
        <details className="more">
          <summary>没有启用的 {off.length} 项（原文没有见到，核实后再启用）</summary>
          <Rules name="没有启用的指标" rules={off} />
        </details>
      )}
    </>
  );
}

function Rules({
  name,
  rules,
}: {
  readonly name: string;
  readonly rules: AssessmentDetail['scheme']['rules'];
}) {
  return (
    <ScrollBox name={name}>
      <table className="plain-table stacks">
        <TableHead titles={TITLES} />
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <th scope="row">{rule.title}</th>
              <td data-label="部分">{PART_WORDS[rule.part]}</td>
              <td data-label="怎样计">{formWords(rule)}</td>
              <td data-label="数字从哪里来">
                {rule.measure === null ? '单位自评，主管单位核定' : '平台数'}
              </td>
              <td data-label="出处">
                {CONFIDENCES[rule.confidence]}；{rule.note}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
