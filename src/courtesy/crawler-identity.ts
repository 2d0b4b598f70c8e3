/** Who we say that we are to the owners of the sites that we visit (DESIGN law 5: an honest user agent with a contact page). */
export interface CrawlerIdentity {
  /** The supervising office (XUNJIAN_OPERATOR); null = not set yet. */
  readonly operator: string | null;
  /** How to reach its people, one line; null = not set yet. */
  readonly contact: string | null;
  /** Addresses or ranges that we come from, as the office's line has them. */
  readonly addresses: readonly string[];
  readonly userAgent: string;
  readonly contactUrl: string;
}

/** What a visited site can expect of us. */
export interface Manners {
  readonly visitsPerDay: number;
  readonly visitDays: number;
  /** Between two requests to one destination address. */
  readonly paceMs: number;
}
