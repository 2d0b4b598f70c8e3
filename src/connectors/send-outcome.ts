/**
 * How one sending ended. `retry`: certainly not delivered, and a later try may help (`scope: 'channel'`: nothing goes by this channel now).
 * `refused`: certainly not delivered, and never will be. `uncertain`: nobody can tell whether it was.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly code: string; readonly words: string }
  | {
      readonly kind: 'retry';
      readonly code: string;
      readonly words: string;
      readonly scope: 'message' | 'channel';
      /** Not before so many milliseconds, where the other side said so. */
      readonly afterMs?: number;
    }
  | { readonly kind: 'refused' | 'uncertain'; readonly code: string; readonly words: string };

/** What is sent: plain Chinese text. */
export interface OutgoingMessage {
  /** The same for every try of one message. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
}

/** What others answer is quoted so far. */
const QUOTE_MAX = 200;
export const quoted = (text: string): string =>
  text.replaceAll(/\s+/g, ' ').trim().slice(0, QUOTE_MAX);
