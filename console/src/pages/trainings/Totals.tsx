import { useGet } from '../../hooks/use-get.ts';
import { Answer } from '../../ui/Answer.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';

/** What each unit of one's sight was trained in a year. */
export function Totals({ year }: { readonly year: number }) {
  const totals = useGet('/api/v1/duty/trainings/totals', { query: { year } });
  return (
    <Panel title={`${year} 年各单位合计`}>
      <Answer of={totals} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">这一年还没有登记过参加的单位。</p>
          ) : (
            <ScrollBox name="各单位合计">
              <table className="plain-table">
                <thead>
                  <tr>
                    <th scope="col">单位</th>
                    <th scope="col">培训次数</th>
                    <th scope="col">人次</th>
                    <th scope="col">总学时</th>
                    <th scope="col">考试合格</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((each) => (
                    <tr key={each.unitId}>
                      <th scope="row">{each.unitName}</th>
                      <td>{each.sessions}</td>
                      <td>{each.people}</td>
                      <td>{each.personHours}</td>
                      <td>
                        {each.examined === 0 ? '没有考试' : `${each.passed} / ${each.examined}`}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          )
        }
      </Answer>
    </Panel>
  );
}
