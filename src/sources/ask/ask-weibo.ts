import { gatherWeibo } from '../../gather/accounts/weibo/gather-weibo.ts';
import { type Asking, nothingNew, type Outcome, withoutCredential } from './connector.ts';

const ADDRESS = 'https://c.api.weibo.com';

/** Weibo: the timeline of whoever gave the token; an address that ends in `/other` asks another's by uid. */
export async function askWeibo(asking: Asking): Promise<Outcome> {
  const { source, credential, monitoredAt, fetcher, windowDays } = asking;
  if (credential === null) return withoutCredential('微博的授权令牌');
  const isOther = source.level !== 'A1';
  const gathered = await gatherWeibo({
    ...{ baseUrl: source.address || ADDRESS, token: credential, monitoredAt, fetcher, windowDays },
    timeline: isOther ? 'other' : 'own',
    uid: source.identity || null,
  });
  const { fact, standing, calls, received, shownName, followers } = gathered;
  return { ...nothingNew, view: fact, standing, calls, received, shownName, followers };
}
