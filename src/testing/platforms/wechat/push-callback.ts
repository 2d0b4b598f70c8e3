import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** A callback as the platform sends it: the query of the address, and the body. */
export interface Pushed {
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PushKeys {
  readonly appId: string;
  readonly token: string;
  readonly encodingKey: string;
}

const BLOCK = 32;

const sha1 = (...parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');

/** Sixteen random bytes, the length, the message, the AppID; padded to blocks of 32 (new-media-apis §2.5). */
export function encryptMessage(message: string, { appId, encodingKey }: PushKeys): string {
  const key = Buffer.from(`${encodingKey}=`, 'base64');
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([randomBytes(16), length, text, Buffer.from(appId)]);
  const padding = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** The signed and encrypted request for one message. `wrap` = the field beside Encrypt, which nothing vouches for. */
export function pushCallback(
  message: string,
  keys: PushKeys,
  { now, wrap = 'AppId' }: { readonly now: number; readonly wrap?: 'AppId' | 'ToUserName' },
): Pushed {
  const encrypted = encryptMessage(message, keys);
  const [timestamp, nonce] = [String(Math.floor(now / 1000)), randomBytes(8).toString('hex')];
  return {
    query: {
      signature: sha1(keys.token, timestamp, nonce),
      timestamp,
      nonce,
      encrypt_type: 'aes',
      msg_signature: sha1(keys.token, timestamp, nonce, encrypted),
    },
    body: `<xml><${wrap}><![CDATA[${keys.appId}]]></${wrap}><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
}

/** The GET with which the platform asks whether an address is ours; the answer has to be `echostr`. */
export function pushVerification(
  { token }: PushKeys,
  now: number,
  echostr: string,
): Readonly<Record<string, string>> {
  const [timestamp, nonce] = [String(Math.floor(now / 1000)), randomBytes(8).toString('hex')];
  return { signature: sha1(token, timestamp, nonce), timestamp, nonce, echostr };
}
