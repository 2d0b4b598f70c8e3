import type { AccountDetail, AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import { SHOWN_BY_SOURCES } from './shown-by-sources.ts';

export type Authorisation = AnswerOf<'/api/v1/accounts/{id}/wechat-authorisation'>;

/** The platform whose accounts give us leave by scanning. */
export const isWechat = ({ platform }: Pick<AccountDetail, 'platform'>): boolean =>
  platform === '微信公众号';

/** What an account's administrator gave our third-party platform; asked for accounts of WeChat only. */
export function useAuthorisation(account: Pick<AccountDetail, 'id' | 'platform'>) {
  return useGet(
    '/api/v1/accounts/{id}/wechat-authorisation',
    { path: { id: account.id } },
    { enabled: isWechat(account) },
  );
}

/** Answers that change when an authorisation does. */
export const SHOWN_BY_AUTHORISATION = [
  '/api/v1/accounts/{id}/wechat-authorisation',
  ...SHOWN_BY_SOURCES,
] as const;
