import { Secret } from '../../lib/pure/secret.ts';
import type { XmlFields } from './read-xml.ts';

/** What the platform tells us; anything else, messages and events of accounts among it, is taken and nothing is done. */
export type WechatEvent =
  | { readonly kind: 'ticket'; readonly ticket: Secret }
  | {
      readonly kind: 'authorised';
      readonly appId: string;
      readonly code: Secret;
      readonly preAuthCode: Secret | null;
    }
  | { readonly kind: 'withdrawn'; readonly appId: string }
  | { readonly kind: 'other' };

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
      return { kind: 'other' };
  }
}
