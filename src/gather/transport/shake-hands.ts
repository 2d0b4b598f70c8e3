import tls from 'node:tls';
import type { CertificateView } from '../../domain/facts/guideline-facts.ts';
import type { HandshakeLook } from '../../domain/transport-look.ts';
import { cutText } from '../../lib/pure/cut-text.ts';

export interface HandshakeTarget {
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

const HANDSHAKE_LIMIT_MS = 10_000;
const NAMES_MAX = 50;
const TEXT_MAX = 300;

/** Shakes hands once, believing any certificate, and closes: nothing is sent over the connection. Never throws for the world. */
export function shakeHands(target: HandshakeTarget, signal: AbortSignal): Promise<HandshakeLook> {
  return new Promise((resolve) => {
    const isName = !/^[\d.]+$|:/.test(target.host);
    const socket = tls.connect({
      host: target.address,
      port: target.port,
      // The certificate is what we came to look at; nothing is told to a server that has a bad one.
      rejectUnauthorized: false,
      // Old servers are to be seen as they are, so every version and cipher that this machine still speaks is offered.
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
      ...(isName ? { servername: target.host } : {}),
    });
    const finish = (look: HandshakeLook): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(look);
    };
    const fail = (code: string, message: string): void =>
      finish({ state: 'failed', code, message: cutText(message, TEXT_MAX) });
    const onAbort = (): void => fail('ABORTED', '已中止');
    const timer = setTimeout(
      () => fail('ETIMEDOUT', `${HANDSHAKE_LIMIT_MS} 毫秒内没有完成握手`),
      HANDSHAKE_LIMIT_MS,
    );
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', (error: NodeJS.ErrnoException) =>
      fail(error.code ?? 'UNKNOWN', error.message),
    );
    socket.once('secureConnect', () =>
      finish({
        state: 'done',
        version: socket.getProtocol() ?? '',
        certificate: viewOf(socket, target.host),
      }),
    );
    if (signal.aborted) onAbort();
  });
}

function viewOf(socket: tls.TLSSocket, host: string): CertificateView | null {
  const shown = socket.getPeerCertificate();
  if (Object.keys(shown).length === 0) return null;
  const [from, to] = [Date.parse(shown.valid_from), Date.parse(shown.valid_to)];
  if (Number.isNaN(from) || Number.isNaN(to)) return null;
  const subject = nameOf(shown.subject);
  const issuer = nameOf(shown.issuer);
  const error = socket.authorizationError as unknown;
  return {
    subject,
    issuer,
    validFrom: new Date(from).toISOString(),
    validTo: new Date(to).toISOString(),
    names: namesOf(shown),
    hostMatches: tls.checkServerIdentity(host, shown) === undefined,
    selfSigned: subject === issuer,
    chainError: error ? cutText(codeOf(error), TEXT_MAX) : null,
  };
}

/** Node gives the code itself for a failed chain, and an error for a name that does not match. */
const codeOf = (error: unknown): string =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);

function nameOf(name: tls.Certificate): string {
  const parts = Object.entries(name).map(([key, value]) => `${key}=${[value].flat().join('+')}`);
  return cutText(parts.join(', '), TEXT_MAX);
}

function namesOf({ subjectaltname, subject }: tls.PeerCertificate): string[] {
  const alternatives = (subjectaltname ?? '')
    .split(/,\s*/)
    .map((each) => each.replace(/^\w[\w ]*:/, ''));
  const names = [...alternatives, ...[subject.CN ?? []].flat()].filter((each) => each !== '');
  return [...new Set(names)].slice(0, NAMES_MAX).map((each) => cutText(each, TEXT_MAX));
}
