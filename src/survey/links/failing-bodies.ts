import type { LinkSight } from '../../domain/link-check.ts';
import type { ArchiveIntake } from '../../store/archive/archive.ts';

/** Broken links of one site whose answers are kept: more of them prove no more, and nobody opens them all. */
export const FAILING_BODIES_MAX = 500;
/** An answer is cut at 128 KB, a drawn page at 1 MB. */
const BYTES_MAX = 48 * 1024 * 1024;

/** The answers of broken links on their way into an archive, with every redirect that led to them. */
export class FailingBodies {
  readonly #intake: Pick<ArchiveIntake, 'add' | 'addMade'>;
  readonly #kept = new Set<string>();
  #links = 0;
  #bytes = 0;
  #leftOut = 0;

  constructor(intake: Pick<ArchiveIntake, 'add' | 'addMade'>) {
    this.#intake = intake;
  }

  /** SHA-256 (hex) of what was kept, without doubles. */
  get snapshots(): readonly string[] {
    return [...this.#kept];
  }

  /** Answers beyond a limit. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Keeps what one look brought; its body's SHA-256, or null: it had none, or a limit is reached. */
  keep(sight: LinkSight): string | null {
    const { body, received = [], maker } = sight;
    if (body.byteLength === 0 || (received.length === 0 && maker === undefined)) return null;
    const bytes = received.reduce((sum, each) => sum + each.body.byteLength, 0) || body.byteLength;
    if (this.#links >= FAILING_BODIES_MAX || this.#bytes + bytes > BYTES_MAX) {
      this.#leftOut += 1;
      return null;
    }
    this.#links += 1;
    this.#bytes += bytes;
    const payload = maker === undefined ? this.#received(received) : this.#made(sight, maker);
    this.#kept.add(payload);
    return payload;
  }

  #received(received: NonNullable<LinkSight['received']>): string {
    return received.map((response) => this.#intake.add(response)).at(-1)!;
  }

  #made({ url, at, contentType, body }: LinkSight, maker: string): string {
    return this.#intake.addMade({ url, madeAt: at, type: contentType, body, maker });
  }
}
