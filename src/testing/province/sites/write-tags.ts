import { chineseDate } from '../../../lib/pure/dates.ts';
import type { ListItem } from './list-items.ts';
import type { Section } from './section.ts';
import type { SiteModel } from './site-model.ts';

/** What a page is, for its tags (国办发〔2017〕47号 page tags; faults as page-patterns §7 lists them). */
export interface PageSubject {
  readonly title: string;
  readonly section?: Section;
  readonly item?: ListItem;
}

const COLUMN_TYPES = {
  news: '工作动态',
  notice: '通知公告',
  policy: '政策文件',
  record: '信息公开目录',
  report: '信息公开年报',
} as const;

function columnTags(subject: PageSubject, home: string): [string, string][] {
  const { section } = subject;
  if (!section)
    return [
      ['ColumnName', '首页'],
      ['ColumnType', '首页'],
      ['ColumnKeywords', home],
    ];
  return [
    ['ColumnName', section.name],
    ['ColumnDescription', `${home}${section.name}栏目`],
    ['ColumnKeywords', section.name],
    ['ColumnType', section.mode === 'list' ? COLUMN_TYPES[section.pace] : section.name],
  ];
}

/** The forms in which PubDate is really met; the first is the right one. */
function publicationDate(model: SiteModel, item: ListItem): string {
  const minute = item.time.slice(0, 5);
  if (model.traits.tags !== 'faulty') return `${item.date} ${minute}`;
  const [year, month, day] = item.date.split('-');
  const forms = [
    chineseDate(item.date),
    item.date,
    `${year}——${month}——${day} ${minute}`,
    `${year}/${month}/${day}`,
  ];
  return forms[model.plan.seed % forms.length]!;
}

function articleTags(model: SiteModel, item: ListItem): [string, string][] {
  return [
    ['ArticleTitle', item.title],
    ['PubDate', publicationDate(model, item)],
    ['ContentSource', model.plan.sponsor],
  ];
}

function siteTags(model: SiteModel): [string, string][] {
  const { plan, traits } = model;
  const faulty = traits.tags === 'faulty';
  const domain = faulty ? `http://${plan.host}/` : plan.host;
  return [
    ['SiteName', plan.name],
    [faulty && plan.seed % 2 === 0 ? 'sitedomain' : 'SiteDomain', domain],
    ['SiteIDCode', plan.siteCode],
  ];
}

/** The meta tags of a page, in the site's habit: complete, with faults, attributes reversed, or none. */
export function writeTags(model: SiteModel, subject: PageSubject): string {
  const { traits, plan } = model;
  if (traits.tags === 'none') return '';
  const tags = [
    ...siteTags(model),
    ...columnTags(subject, plan.name),
    ...(subject.item ? articleTags(model, subject.item) : []),
  ];
  return tags
    .map(([name, content]) => {
      if (traits.tags === 'reversed') return `<meta content="${content}" name="${name}" />`;
      if (traits.tags === 'faulty' && name === 'ColumnType') {
        return plan.seed % 3 === 0
          ? '<!--<meta name="ColumnType" content=""> -->'
          : '<meta name="ColumnType" content="">';
      }
      if (traits.tags === 'faulty' && name === 'ColumnKeywords')
        return '<meta name="ColumnKeywords" content="null">';
      return `<meta name="${name}" content="${content}">`;
    })
    .join('\n');
}
