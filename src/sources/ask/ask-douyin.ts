import {
  readDouyinCredential,
  writeDouyinCredential,
} from '../../gather/accounts/douyin/douyin-credential.ts';
import { gatherDouyin } from '../../gather/accounts/douyin/gather-douyin.ts';
import { type Asking, nothingNew, type Outcome, withoutCredential } from './connector.ts';

const ADDRESS = 'https://open.douyin.com';

/** Douyin: the account's own works by its owner's authorisation, which may be renewed on the way and is kept then. */
export async function askDouyin(asking: Asking): Promise<Outcome> {
  const { source, monitoredAt, now, fetcher, windowDays } = asking;
  const credential = asking.credential && readDouyinCredential(asking.credential);
  if (credential === null) return withoutCredential('抖音的授权（JSON，或访问令牌）');
  const { clientKey, tokens } = credential;
  const gathered = await gatherDouyin({
    ...{ baseUrl: source.address || ADDRESS, clientKey, openId: source.identity, tokens },
    ...{ monitoredAt, now, fetcher, windowDays },
  });
  const { fact, standing, calls, received, renewed } = gathered;
  return {
    ...nothingNew,
    ...{ view: fact, standing, calls, received },
    renewed: renewed && writeDouyinCredential({ clientKey, tokens: renewed }),
  };
}
