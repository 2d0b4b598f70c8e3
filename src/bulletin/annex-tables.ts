import type { AnnexTable } from '../documents/official-document.ts';
import type { PercentStyle } from '../domain/ruleset.ts';
import type { Bulletin } from './bulletin.ts';
import { annexScopes } from './template/annex-scopes.ts';
import { windowWords } from './template/build-context.ts';
import { FOUNDING } from './template/founding.ts';
import { type RenderedAnnex, renderAnnexes } from './template/render-annexes.ts';
import { words } from './template/values.ts';

/** The founding document's annexes need no rates but those that stand in the rows. */
const PERCENT: PercentStyle = {
  ...{ decimals: 2, rounding: 'half-up' },
  ...{ zero: '0', hundred: '100%', nothingChecked: '—' },
};

/** The annexes as printed: those that the bulletin keeps, else the founding document's, filled from its rows. */
export function annexTables(bulletin: Bulletin): AnnexTable[] {
  if (bulletin.annexes !== undefined) return [...bulletin.annexes];
  return foundingAnnexes(bulletin).map(({ of: _, refs: __, ...table }) => table);
}

function foundingAnnexes(bulletin: Bulletin): readonly RenderedAnnex[] {
  const fields = new Map([['window', words(windowWords(bulletin.samplingWindow))]]);
  const collections = new Map(annexScopes(bulletin, PERCENT));
  const tables = renderAnnexes(FOUNDING, { fields, collections, missing: () => {} }, PERCENT);
  const total = { siteUnits: bulletin.sitesTotal, accountUnits: bulletin.accountsTotal } as const;
  return tables.map((table, index) => {
    const own = total[table.of as keyof typeof total];
    const title = bulletin.text.annexTitles[index] ?? table.title;
    return own === undefined
      ? { ...table, title }
      : { ...table, title, rows: withTotal(table, own) };
  });
}

/** What the bulletin says under 合计 is printed, also where it is no sum: that is for the reconciliation to find. */
function withTotal({ rows }: RenderedAnnex, total: Bulletin['sitesTotal']): AnnexTable['rows'] {
  const { unit, running, checked, failing, ratio } = total;
  return [...rows.slice(0, -1), ['', unit, `${running}`, `${checked}`, `${failing}`, ratio]];
}
