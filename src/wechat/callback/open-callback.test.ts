import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../lib/pure/secret.ts';
import {
  encryptMessage,
  type Pushed,
  pushCallback,
  pushVerification,
} from '../../testing/platforms/wechat/push-callback.ts';
import { COMPONENT } from '../../testing/platforms/wechat/wechat-plans.ts';
import { encodingKeyOf } from './encoding-key.ts';
import {
  answerVerification,
  type CallbackKeys,
  CLOCK_WINDOW_MS,
  type OpenedCallback,
  openCallback,
} from './open-callback.ts';
import { readEvent } from './read-event.ts';
import { readXml } from './read-xml.ts';

const NOW = Date.parse('2020-09-17T04:00:00.000Z');
const KEYS: CallbackKeys = {
  appId: COMPONENT.appId,
  token: new Secret(COMPONENT.token),
  encodingKeys: [new Secret(COMPONENT.encodingKey)],
};
const OTHER_KEY = 'Z'.repeat(43);
const MESSAGE = '<xml><InfoType>component_verify_ticket</InfoType></xml>';
const push = (message = MESSAGE, more: Partial<typeof COMPONENT> = {}): Pushed =>
  pushCallback(message, { ...COMPONENT, ...more }, { now: NOW });

function open(pushed: Pushed, more: { keys?: CallbackKeys; now?: number } = {}): OpenedCallback {
  return openCallback(pushed.query, pushed.body, { keys: KEYS, now: NOW, ...more });
}

/** A callback that is signed rightly over any text in place of an encrypted one. */
function signed(encrypted: string): Pushed {
  const { query } = push();
  const parts = [COMPONENT.token, query.timestamp!, query.nonce!, encrypted].sort().join('');
  const msg_signature = createHash('sha1').update(parts).digest('hex');
  return {
    query: { ...query, msg_signature },
    body: `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
}

describe('a callback', () => {
  it.each(['', 'a', '中文'.repeat(500), 'x'.repeat(32), 'x'.repeat(13)])(
    'opens whatever its length (%#)',
    (text) => {
      const message = `<xml><A><![CDATA[${text}]]></A></xml>`;
      const opened = open(push(message));
      expect(opened.ok && opened.fields.get('A')).toBe(text);
    },
  );

  it('opens under the key before, after a change', () => {
    const encodingKeys = [new Secret(OTHER_KEY), ...KEYS.encodingKeys];
    expect(open(push(), { keys: { ...KEYS, encodingKeys } }).ok).toBe(true);
  });

  const changed = (field: string, value: string | undefined): Pushed => {
    const { query, body } = push();
    return { query: { ...query, [field]: value } as Pushed['query'], body };
  };

  it.each<[string, Pushed, string]>([
    ['no signature', changed('msg_signature', undefined), 'incomplete'],
    ['no time', changed('timestamp', undefined), 'incomplete'],
    ['no nonce', changed('nonce', undefined), 'incomplete'],
    ['another signature', changed('msg_signature', '0'.repeat(40)), 'signature'],
    ['half a signature', changed('msg_signature', '00'), 'signature'],
    ['a signature that is no hex', changed('msg_signature', '签名'), 'signature'],
    ['another nonce', changed('nonce', 'other'), 'signature'],
    ['another time', changed('timestamp', '1600315201'), 'signature'],
    ['another token', push(MESSAGE, { token: 'other' }), 'signature'],
    ['another key', push(MESSAGE, { encodingKey: OTHER_KEY }), 'key'],
    ['another AppID', push(MESSAGE, { appId: 'wxother' }), 'key'],
    ['nothing encrypted', signed('AAAA'), 'key'],
    ['whole blocks of nothing', signed(Buffer.alloc(64).toString('base64')), 'key'],
    ['no XML', { ...push(), body: '{"Encrypt":"x"}' }, 'xml'],
    ['no body', { ...push(), body: '' }, 'xml'],
    ['a message that is no XML', push('not a message'), 'xml'],
  ])('is refused with %s', (_name, pushed, refused) => {
    expect(open(pushed)).toEqual({ ok: false, refused });
  });

  it('in plain mode, with a signature over nothing of its body, is refused', () => {
    const { query } = push();
    expect(open({ query: { ...query, msg_signature: query.signature! }, body: MESSAGE })).toEqual({
      ok: false,
      refused: 'xml',
    });
  });

  it.each([
    [CLOCK_WINDOW_MS, true],
    [-CLOCK_WINDOW_MS, true],
    [CLOCK_WINDOW_MS + 1000, false],
    [-CLOCK_WINDOW_MS - 1000, false],
  ])('%i ms after it was sent is believed: %s', (after, ok) => {
    expect(open(push(), { now: NOW + after }).ok).toBe(ok);
  });

  it('length in the plain text beyond its end is refused', () => {
    // The AppID taken for message: what follows it is nobody.
    const text = encryptMessage(MESSAGE, { ...COMPONENT, appId: '' });
    expect(open(signed(text))).toEqual({ ok: false, refused: 'key' });
  });
});

describe('verification of the address', () => {
  const ask = (more: object = {}, now = NOW): string | null =>
    answerVerification({ ...pushVerification(COMPONENT, NOW, 'echo-1'), ...more }, KEYS, now);
  it.each<[string, string | null, string | null]>([
    ['by the platform', ask(), 'echo-1'],
    ['with another signature', ask({ signature: '0'.repeat(40) }), null],
    ['with nothing to echo', ask({ echostr: undefined }), null],
    ['without a signature', ask({ signature: undefined }), null],
    ['with another time', ask({ timestamp: 'now' }), null],
    ['long ago', ask({}, NOW + CLOCK_WINDOW_MS + 1000), null],
  ])('%s', (_name, said, expected) => {
    expect(said).toBe(expected);
  });
});

describe('XML', () => {
  const bomb = `<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><xml><A>&b;</A></xml>`;
  it.each<[string, string]>([
    ['an entity bomb', bomb],
    ['an outside entity', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><A>1</A></xml>'],
    ['nesting without end', '<a>'.repeat(5000)],
    ['nesting', `${'<a>'.repeat(9)}1${'</a>'.repeat(9)}`],
    ['too many elements', `<xml>${'<a>1</a>'.repeat(500)}</xml>`],
    ['text', 'hello'],
    ['nothing', ''],
  ])('%s is no message', (_name, text) => {
    expect(readXml(text)).toBeNull();
  });

  it('reads elements by their path, CDATA as it is, the five entities and no others', () => {
    const fields = readXml(
      '<?xml version="1.0"?><xml><A>1 &lt; 2 &amp;amp; &other;</A><B><![CDATA[<i>&lt;</i>]]></B><C><D>x</D></C><A>2</A></xml>',
    );
    expect(fields?.get('A')).toBe('1 < 2 &amp; &other;');
    expect(fields?.get('B')).toBe('<i>&lt;</i>');
    expect(fields?.get('C/D')).toBe('x');
  });
});

describe('events', () => {
  it.each<[string, string, object]>([
    [
      'a ticket',
      '<InfoType>component_verify_ticket</InfoType><ComponentVerifyTicket>t@@1</ComponentVerifyTicket>',
      { kind: 'ticket' },
    ],
    [
      'an authorisation',
      '<InfoType>authorized</InfoType><AuthorizerAppid>wx1</AuthorizerAppid><AuthorizationCode>c</AuthorizationCode><PreAuthCode>p</PreAuthCode>',
      { kind: 'authorised', appId: 'wx1' },
    ],
    [
      'one that was changed',
      '<InfoType>updateauthorized</InfoType><AuthorizerAppid>wx1</AuthorizerAppid><AuthorizationCode>c</AuthorizationCode>',
      { kind: 'authorised', appId: 'wx1', preAuthCode: null },
    ],
    [
      'one taken back',
      '<InfoType>unauthorized</InfoType><AuthorizerAppid>wx1</AuthorizerAppid>',
      { kind: 'withdrawn', appId: 'wx1' },
    ],
    [
      'a publication, which its lists tell of',
      '<ToUserName>gh_1</ToUserName><MsgType>event</MsgType><Event>PUBLISHJOBFINISH</Event><PublishEventInfo><publish_id>9</publish_id><publish_status>0</publish_status><article_id>a</article_id><article_detail><count>1</count><item><idx>1</idx><article_url>http://mp/1</article_url></item></article_detail></PublishEventInfo>',
      { kind: 'other' },
    ],
    ['a ticket without one', '<InfoType>component_verify_ticket</InfoType>', { kind: 'other' }],
    ['a withdrawal by nobody', '<InfoType>unauthorized</InfoType>', { kind: 'other' }],
    ['a message of a reader', '<MsgType>text</MsgType><Content>您好</Content>', { kind: 'other' }],
  ])('%s', (_name, inner, expected) => {
    expect(readEvent(readXml(`<xml>${inner}</xml>`)!)).toMatchObject(expected);
  });
});

it.each(['', 'short', `${'a'.repeat(42)}=`])('“%s” is no EncodingAESKey', (text) => {
  expect(() => encodingKeyOf(new Secret(text))).toThrow(
    expect.objectContaining({ code: 'config.invalid' }),
  );
});
