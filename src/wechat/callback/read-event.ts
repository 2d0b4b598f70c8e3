import { Secret } from '../../lib/pure/secret.ts';
import type { XmlFields } from './read-xml.ts';

/** What the platform tells us; anything else is taken and nothing is done. */
export type WechatEvent =
  | { readonly kind: 'ticket'; readonly ticket: Secret }
  | {
      readonly kind: 'authorised';
      readonly appId: string;
      readonly code: Secret;
      readonly preAuthCode: Secret | null;
    }
  | { readonly kind: 'withdrawn'; readonly appId: string }
  | { readonly kind: 'published'; readonly publication: Publication }
  | { readonly kind: 'other' };

/** The end of a publishing job (PUBLISHJOBFINISH). */
export interface Publication {
  /** Original id of the account, `gh_…`. */
  readonly userName: string;
  readonly publishId: string;
  /** 0 = published; the others are why not (new-media-apis §2.2). */
  readonly status: number;
  readonly articleId: string;
  /** Of the first article. */
  readonly url: string;
}

const TEXT_LENGTH_MAX = 500;

export function readEvent(fields: XmlFields): WechatEvent {
  const text = (name: string): string => (fields.get(name) ?? '').slice(0, TEXT_LENGTH_MAX);
  switch (text('InfoType')) {
    case 'component_verify_ticket': {
      const ticket = text('ComponentVerifyTicket');
      return ticket === '' ? { kind: 'other' } : { kind: 'ticket', ticket: new Secret(ticket) };
    }
    case 'authorized':
    case 'updateauthorized': {
      const [appId, code] = [text('AuthorizerAppid'), text('AuthorizationCode')];
      const preAuthCode = text('PreAuthCode');
      if (appId === '' || code === '') return { kind: 'other' };
      return {
        kind: 'authorised',
        appId,
        code: new Secret(code),
        preAuthCode: preAuthCode === '' ? null : new Secret(preAuthCode),
      };
    }
    case 'unauthorized': {
      const appId = text('AuthorizerAppid');
      return appId === '' ? { kind: 'other' } : { kind: 'withdrawn', appId };
    }
    default:
      return readMessage(text);
  }
}

function readMessage(text: (name: string) => string): WechatEvent {
  const [userName, publishId] = [text('ToUserName'), text('PublishEventInfo/publish_id')];
  const isFinished = text('MsgType') === 'event' && text('Event') === 'PUBLISHJOBFINISH';
  const status = Number(text('PublishEventInfo/publish_status') || Number.NaN);
  if (!isFinished || userName === '' || publishId === '' || !Number.isSafeInteger(status))
    return { kind: 'other' };
  return {
    kind: 'published',
    publication: {
      ...{ userName, publishId, status },
      articleId: text('PublishEventInfo/article_id'),
      url: text('PublishEventInfo/article_detail/item/article_url'),
    },
  };
}
