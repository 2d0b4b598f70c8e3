import { gatherArticles } from '../../gather/accounts/article/gather-articles.ts';
import { type Asking, nothingNew, type Outcome } from './connector.ts';

/** One article that a link leads to. Whose it has to be is told by the source's identity: `__biz`, or `gh_…`. */
export async function askArticle({ source, account, ...asking }: Asking): Promise<Outcome> {
  const { monitoredAt, fetcher } = asking;
  const isGh = source.identity.toLowerCase().startsWith('gh_');
  const { fact, standing, calls, received, shownName } = await gatherArticles({
    ...{ links: [source.address], monitoredAt, fetcher },
    account: {
      biz: isGh ? null : source.identity || null,
      ghId: isGh ? source.identity : account.ghId,
      name: account.name,
    },
  });
  return { ...nothingNew, view: fact, standing, calls, received, shownName };
}
