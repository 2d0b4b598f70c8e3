import { collectAccounts } from '../../src/discovery/queue/collect-accounts.ts';
import { discoveryDb } from '../../src/discovery/queue/discovery-db.ts';
import { showHomePage } from '../../src/testing/accounts/show-home-page.ts';
import type { TestBrowser } from '../../src/testing/signed-in.ts';
import type { Installation } from './city-offices.ts';

/** Number of an account that the home page of a site shows and no register has. */
export async function discoveredOf(
  { deps }: Installation,
  siteCode: string,
  name: string,
): Promise<string> {
  const at = new Date().toISOString();
  const html = `<title>首页</title><div class="footer"><a href="https://weibo.com/u/1234567890">官方微博@${name}</a></div>`;
  const url = `http://s${siteCode}.province.test/`;
  await showHomePage(deps, { siteCode, url, html, at, resolve: '*=127.0.0.1:9' });
  const { signal } = new AbortController();
  await collectAccounts(deps, { actor: '测试', now: () => at, signal });
  const { id } = await discoveryDb(deps.store.db)
    .selectFrom('discovered_account')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return String(id);
}

/** The operations of discovered accounts, each done once, with the rows that it leaves. */
export function discoverySteps(supervisor: TestBrowser, id: string) {
  const PATH = '/api/v1/discovered-accounts';
  const one = `${PATH}/${id}`;
  const step = (
    operation: string,
    leaves: readonly string[],
    does: () => Promise<{ readonly status: number; readonly text: string }>,
  ) => ({ operation, leaves, does });
  return [
    step(`POST ${PATH}/{id}/dismissal`, ['discovery.dismiss'], () =>
      supervisor.call('POST', `${one}/dismissal`, { reason: '是个人账号' }),
    ),
    step(`DELETE ${PATH}/{id}/decision`, ['discovery.reopen'], () =>
      supervisor.call('DELETE', `${one}/decision`),
    ),
    step(`POST ${PATH}/{id}/adoption`, ['case.draft', 'discovery.adopt'], () =>
      supervisor.call('POST', `${one}/adoption`, {}),
    ),
  ];
}
