import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Hosts that Chromium itself asks for (updates, sign-in): no page's doing. */
const BROWSERS_OWN = /(^|\.)(google|googleapis|gstatic|gvt1)\.com$/;
const TARGETS_KEPT = 50;
const HEADERS_MS = 5_000;

/**
 * The only way out that a browser of ours has: a proxy on loopback that refuses everything. What a page asks for is answered by
 * {@link PageGuard} before it reaches the network; whatever slips past it (web sockets, shared workers, redirects that the
 * browser follows by itself, its own services) ends here. So a hole in the interception fails closed.
 */
export class RefusalWall {
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();
  #targets = new Map<string, number>();
  #refused = 0;

  private constructor() {
    this.#server = http.createServer({ headersTimeout: HEADERS_MS }, (request, response) => {
      this.#count(request.url ?? '');
      response.writeHead(403, { connection: 'close' }).end();
    });
    this.#server.on('connect', (request, socket) => {
      this.#count(`//${request.url ?? ''}`);
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async open(): Promise<RefusalWall> {
    const wall = new RefusalWall();
    await new Promise<void>((resolve, reject) => {
      wall.#server.once('error', reject);
      wall.#server.listen(0, '127.0.0.1', resolve);
    });
    return wall;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many requests of pages were refused since the last call, and the hosts they were for. */
  take(): { readonly refused: number; readonly hosts: readonly string[] } {
    const taken = { refused: this.#refused, hosts: [...this.#targets.keys()] };
    this.#targets = new Map();
    this.#refused = 0;
    return taken;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #count(target: string): void {
    const url = URL.parse(target, 'http://unknown.invalid');
    if (url === null || BROWSERS_OWN.test(url.hostname)) return;
    this.#refused += 1;
    if (this.#targets.size < TARGETS_KEPT) this.#targets.set(url.host, 1);
  }
}
