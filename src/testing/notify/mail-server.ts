import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** How the server behaves at present. */
export type MailMood = 'well' | 'greylists' | 'refuses' | 'drops' | 'busy';

export interface ReceivedMail {
  readonly to: string;
  readonly messageId: string;
  readonly raw: string;
}

/** A mail server of a test: real SMTP on loopback, which can be down, put off, refuse a receiver, or break off within the text. */
export class TestMailServer {
  mood: MailMood = 'well';
  readonly received: ReceivedMail[] = [];
  /** Connections so far. */
  connections = 0;
  #server: SMTPServer | null = null;
  #port = 0;

  get port(): number {
    return this.#port;
  }

  /** Listens, on the same port as before. */
  async up(): Promise<void> {
    const server = new SMTPServer({
      ...{ disabledCommands: ['STARTTLS', 'AUTH'], logger: false, hideSTARTTLS: true },
      onConnect: (_session, callback) => {
        this.connections += 1;
        callback(this.mood === 'busy' ? reply(421, 'too busy') : null);
      },
      onRcptTo: (_address, _session, callback) => {
        if (this.mood === 'greylists') return callback(reply(451, 'greylisted, try later'));
        if (this.mood === 'refuses') return callback(reply(550, 'no such mailbox'));
        return callback();
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          // The text is here whole, and the answer never comes: what the sender cannot tell apart.
          this.#keep(Buffer.concat(chunks).toString('utf8'), session);
          if (this.mood === 'drops') this.#cut();
          else callback(null, 'kept');
        });
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  async down(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #keep(raw: string, { envelope }: SMTPServerSession): void {
    this.received.push({
      ...{ to: envelope.rcptTo[0]?.address ?? '', raw },
      messageId: /^message-id: (.*)$/im.exec(raw)?.[1]?.trim() ?? '',
    });
  }

  #cut(): void {
    for (const { _socket } of this.#server?.connections ?? []) _socket.destroy();
  }
}

const reply = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });
