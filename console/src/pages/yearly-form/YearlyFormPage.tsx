import { DownloadOutlined } from '@ant-design/icons';
import { useParams } from '@tanstack/react-router';
import { useGet } from '../../hooks/use-get.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { OutsideLink } from '../../ui/OutsideLink.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { TableHead } from '../../ui/TableHead.tsx';
import { FormStateTag, KIND_WORDS, type YearlyDetail } from '../yearly-forms/yearly-words.tsx';
import { FillForm } from './FillForm.tsx';
import { Origin } from './Origin.tsx';
import { SignForm } from './SignForm.tsx';

/** One yearly form: what the platform knows with its origin, what people wrote, and who has to do what. */
export function YearlyFormPage() {
  const { id } = useParams({ from: '/inside/yearly-forms/$id' });
  const given = useGet('/api/v1/yearly-forms/{id}', { path: { id: Number(id) } });
  return (
    <NeedsAbility ability="yearly.read">
      <Answer of={given} pageTitle="年度报表">
        {(data) => <OneForm given={data} />}
      </Answer>
    </NeedsAbility>
  );
}

interface GivenProps {
  readonly given: YearlyDetail;
}

function OneForm({ given }: GivenProps) {
  const { head, form, countedOn } = given;
  return (
    <>
      <PageHeader
        title={`${head.name}：${head.year} 年${KIND_WORDS[head.kind]}`}
        aside={<FormStateTag of={head} />}
        back={{ to: '/yearly-forms', words: '年度报表' }}
        note={`${head.unitName}；公开期限 ${head.dueOn}；平台的数字数到 ${countedOn}`}
        actions={<Downloads id={head.id} />}
      />
      <p className={`case-next ${head.isOverdue ? 'case-next-late' : ''}`}>{nextWords(given)}</p>
      <SignForm given={given} />
      {given.may.fill ? <FillForm given={given} /> : <Sections given={given} />}
      <p className="quiet">格式依据：{form.source}。</p>
    </>
  );
}

function Downloads({ id }: { readonly id: number }) {
  return (
    <span className="button-row">
      <a href={`/api/v1/yearly-forms/${id}/export?format=docx`} download>
        <DownloadOutlined aria-hidden /> 下载（.docx）
      </a>
      <a href={`/api/v1/yearly-forms/${id}/export?format=xlsx`} download>
        <DownloadOutlined aria-hidden /> 下载（.xlsx）
      </a>
    </span>
  );
}

const TITLES = ['栏目', '内容', '平台数的'];

function Sections({ given: { sections, head } }: GivenProps) {
  return (
    <>
      {head.publishedUrl !== '' && (
        <Panel title="公开">
          <OutsideLink url={head.publishedUrl} />
        </Panel>
      )}
      {sections.map(({ title, fields }) => (
        <Panel key={title} title={title}>
          <ScrollBox name={title}>
            <table className="plain-table stacks">
              <TableHead titles={TITLES} />
              <tbody>
                {fields.map((each) => (
                  <tr key={each.field.id}>
                    <th scope="row">{each.field.title}</th>
                    <td data-label="内容">
                      {each.value === '' ? '—' : `${each.value} ${each.field.unit ?? ''}`}
                      {each.written?.note && (
                        <span className="quiet">（与平台不同：{each.written.note}）</span>
                      )}
                    </td>
                    <td data-label="平台数的">
                      <Origin of={each} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </Panel>
      ))}
    </>
  );
}

function nextWords({ head, may, submittedBy, signedBy }: YearlyDetail): string {
  const late = head.isOverdue ? `已过公开期限（${head.dueOn}）。` : '';
  if (head.state === 'published') return '已经公开。';
  if (head.state === 'signed')
    return `${late}${signedBy}已签发。请在本网站首页显著位置公开，再填写公开的网址。`;
  if (head.state === 'submitted')
    return `${late}${submittedBy}已提交，等本单位负责人（另一个人）签发。`;
  const again = head.returnReason === '' ? '' : `已退回：${head.returnReason}。`;
  return may.fill
    ? `${late}${again}请核对平台填上的，补全其余的栏目，再提交负责人签发。可以分几次保存。`
    : `${late}${again}等填报单位填报。`;
}
