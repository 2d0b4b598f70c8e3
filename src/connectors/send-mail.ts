import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Secret } from '../lib/pure/secret.ts';
import { type OutgoingMessage, quoted, type SendOutcome } from './send-outcome.ts';

/** How to reach a mail server. Passwords go only over TLS, unless the server is this machine. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (port 465); otherwise STARTTLS is demanded. */
  readonly secure: boolean;
  /** Goes on without TLS: for a relay inside the office's own network. */
  readonly allowsPlain: boolean;
  readonly user: string | null;
  readonly password: Secret | null;
  readonly from: string;
}

const CONNECT_MS = 15_000;
const IDLE_MS = 60_000;
const TLS = { rejectUnauthorized: true } as const;

/** Message-ID (RFC 5322 §3.6.4) of a key: the same for every try, so that servers and readers know a double for what it is. */
export function messageId(key: string, from: string): string {
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'xunjian.invalid';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`;
}

/** The bare address of `姓名 <address>`: what the envelope takes. */
const addressOf = (from: string): string => /<([^<>]+)>$/.exec(from)?.[1] ?? from;

/**
 * Sends one mail over a connection of its own (RFC 5321). Never throws for what the server does. What fails before the server takes the
 * text (354) was not sent; what is lost afterwards, without an answer, is uncertain.
 */
export async function sendMail(
  server: MailServer,
  to: string,
  message: OutgoingMessage,
  now: Date,
): Promise<SendOutcome> {
  const bytes = await build(server, to, message, now);
  const { host, port, secure, allowsPlain } = server;
  const connection = new SMTPConnection({
    ...{ host, port, secure, requireTLS: !secure && !allowsPlain, tls: TLS },
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: IDLE_MS },
  });
  let stage: Stage = 'connect';
  const text = new Readable({
    read() {
      stage = 'text';
      this.push(bytes);
      this.push(null);
    },
  });
  try {
    return await new Promise<SendOutcome>((resolve) => {
      const fail = (error: unknown): void => resolve(outcomeOf(error, stage));
      connection.once('error', fail);
      connection.once('end', () => fail(new Error('连接被对方关闭')));
      const send = (): void => {
        stage = 'envelope';
        connection.send({ from: addressOf(server.from), to: [to] }, text, (error, info) =>
          error
            ? fail(error)
            : resolve({ kind: 'sent', code: '250', words: quoted(info.response) }),
        );
      };
      connection.connect((error) => {
        if (error) return fail(error);
        if (server.user === null) return send();
        stage = 'login';
        const pass = server.password?.reveal() ?? '';
        connection.login({ user: server.user, pass }, (refused) =>
          refused ? fail(refused) : send(),
        );
      });
    });
  } finally {
    connection.on('error', () => undefined);
    connection.close();
  }
}

/** How far it came: `text` = the server has begun to take the text. */
type Stage = 'connect' | 'login' | 'envelope' | 'text';

/** Replies of a server: 4yz may be tried again, 5yz may not (RFC 5321 §4.2.1); before the envelope both concern the channel. */
function outcomeOf(error: unknown, stage: Stage): SendOutcome {
  const { message = '', responseCode } = error as { message?: string; responseCode?: number };
  const words = quoted(message);
  const code = responseCode === undefined ? 'network' : String(responseCode);
  if (stage === 'connect' || stage === 'login')
    return { kind: 'retry', code: stage, words, scope: 'channel' };
  if (responseCode !== undefined && responseCode >= 500) return { kind: 'refused', code, words };
  // 421: the server takes nothing now.
  if (responseCode === 421) return { kind: 'retry', code, words, scope: 'channel' };
  if (responseCode !== undefined && responseCode >= 400)
    return { kind: 'retry', code, words, scope: 'message' };
  if (stage === 'text') return { kind: 'uncertain', code, words };
  return { kind: 'retry', code, words, scope: 'channel' };
}

function build(
  { from }: MailServer,
  to: string,
  { key, title, text }: OutgoingMessage,
  date: Date,
): Promise<Buffer> {
  const mail = new MailComposer({
    ...{
      from,
      to,
      subject: title,
      text,
      textEncoding: 'base64',
      date,
      messageId: messageId(key, from),
    },
    // No automatic answers to what a program sends (RFC 3834 §5).
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return mail.compile().build();
}
