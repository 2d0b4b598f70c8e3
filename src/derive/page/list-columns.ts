import type { Element } from 'domhandler';
import { asElement, childElements } from './page-dom.ts';
import { type PageText, wordsOf } from './page-text.ts';
import type { Span } from './row-date.ts';

const PUBLISHED = /^(?:信息)?(?:发布|公开|更新|公布|上网|挂网|刊登)(?:日期|时间)$/;
const PLAIN = /^(?:日期|时间|年月日|date)$/i;
/** Words of a head row besides dates; two of them make a head. */
const HEAD =
  /^(?:序号|标题|名称|信息名称|文件名称|文件标题|题名|主题|内容|索引号|索取号|文号|发文字号|文件编号|发布机构|发文机关|公开机构|来源|部门|单位|类别|分类|状态|有效性|(?:成文|生效|发布|公开|发文|印发|更新|实施|废止|失效|来信|回复|答复|提交|办结|留言)(?:日期|时间)|日期|时间|浏览(?:次数|量)?|点击(?:数|量)?|操作|信件编号|编号|信件标题|来信人|处理状态|办理状态|答复单位)$/;
const HEAD_ROWS_MAX = 4;

/**
 * The index of the cell in which a list keeps its date of publication, by its head row (名称 | 索引号 | 发布机构 | 发布日期): 成文日期
 * and 生效日期 are other dates. Null when there is no head, or none of its words is such a date.
 */
export function dateColumn(page: PageText, container: Element, firstRow: Element): number | null {
  for (const head of headRows(container, firstRow)) {
    const cells = childElements(head).map((cell) => wordsOf(page, cell).replace(/\s/g, ''));
    if (cells.filter((cell) => HEAD.test(cell)).length < 2) continue;
    const published = cells.findIndex((cell) => PUBLISHED.test(cell));
    if (published >= 0) return published;
    const plain = cells.findIndex((cell) => PLAIN.test(cell));
    return plain >= 0 ? plain : null;
  }
  return null;
}

/** Elements in front of the first row that are built like it; for tables also the head in a section or table of its own. */
function headRows(container: Element, firstRow: Element): Element[] {
  if (firstRow.name === 'tr') return tableRows(container).slice(0, HEAD_ROWS_MAX);
  const before: Element[] = [];
  for (const start of [firstRow, container]) {
    let node = start.prev;
    for (let steps = 0; node && steps < 8 && before.length < HEAD_ROWS_MAX; steps += 1) {
      const element = asElement(node);
      if (element) before.push(element, ...childElements(element).slice(0, 2));
      node = node.prev;
    }
  }
  return before;
}

function tableRows(table: Element): Element[] {
  const rows = childElements(table).flatMap((child) =>
    /^t(head|body)$/.test(child.name) ? childElements(child).slice(0, HEAD_ROWS_MAX) : [child],
  );
  const above = asElement(table.prev) ?? asElement(table.prev?.prev);
  const apart = above?.name === 'table' ? childElements(above).slice(0, 2) : [];
  return [
    ...apart.flatMap((part) => (part.name === 'tr' ? [part] : childElements(part))),
    ...rows,
  ].filter((row) => row.name === 'tr');
}

/** The span of a row's cell; null when the row has no such cell. */
export function cellSpan(page: PageText, row: Element, column: number | null): Span | null {
  const cell = column === null ? undefined : childElements(row)[column];
  const place = cell && page.places.get(cell);
  return place && place.end > place.start ? place : null;
}
