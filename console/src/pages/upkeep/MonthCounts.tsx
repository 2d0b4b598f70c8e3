import type { AnswerOf } from '../../api/types.ts';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { monthWords } from './upkeep-words.tsx';

type Summary = AnswerOf<'/api/v1/upkeep/summary'>;

/** How a month stands, by the units right below: confirmed, not due, overdue. */
export function MonthCounts({ summary: { month, units } }: { readonly summary: Summary }) {
  if (units.length === 0) return null;
  return (
    <ScrollBox name="按单位计数">
      <table className="plain-table">
        <caption>{monthWords(month)}，按单位（含下属）计数</caption>
        <thead>
          <tr>
            <th scope="col">单位</th>
            <th scope="col" className="number">
              已确认
            </th>
            <th scope="col" className="number">
              未到期
            </th>
            <th scope="col" className="number">
              逾期未确认
            </th>
            <th scope="col" className="number">
              不用确认
            </th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.unitId}>
              <th scope="row">{unit.name}</th>
              <td className="number">{unit.confirmed}</td>
              <td className="number">{unit.open}</td>
              <td className="number">{unit.overdue}</td>
              <td className="number">{unit.isVoid}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
