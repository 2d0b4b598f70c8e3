import * as oidc from 'openid-client';
import { fetchBounded } from './fetch-bounded.ts';
import type { OidcSettings } from './oidc-settings.ts';
import { refuseOidc, worded } from './refuse-oidc.ts';

/** Each question to the provider; somebody waits in front of a white page meanwhile. */
const ANSWER_SECONDS = 5;
/** How far the provider's clock may be from ours. */
const CLOCK_SECONDS = 60;
/** A provider changes its description with its version; its keys are fetched anew by the library whenever one is unknown. */
const DESCRIPTION_MS = 60 * 60_000;
/** A provider that is down is not asked again for every click. */
const RETRY_MS = 5_000;
const SUBJECT_CHARACTERS_MAX = 255;
const LABEL_CHARACTERS_MAX = 100;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** What ties the provider's answer to the question; kept here, sealed, never shown but in the question. */
export interface AttemptSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Somebody as the provider knows him. */
export interface ExternalPerson {
  readonly issuer: string;
  readonly claim: string;
  /** Value of the claim. */
  readonly subject: string;
  /** What people know the account by. */
  readonly label: string;
}

/** Whether an issuer may be used: over https, or on this machine. */
export function isIssuerSafe(issuer: string): boolean {
  const { protocol, hostname, search, hash } = new URL(issuer);
  // With the whole address of the description the library would not compare the issuer that it names.
  if (search !== '' || hash !== '' || issuer.includes('/.well-known/')) return false;
  return protocol === 'https:' || LOOPBACK.test(hostname);
}

/**
 * The office's OpenID Connect provider: authorization code with PKCE, state and nonce; ID tokens are checked for signature,
 * issuer, audience, nonce and time (OpenID Connect Core 1.0 §3.1.3.7), the answer's issuer by RFC 9207 where announced.
 * Every method throws UserError `oidc.…`.
 */
export class IdentityProvider {
  readonly settings: OidcSettings;
  #known: { readonly description: Promise<oidc.Configuration>; until: number } | null = null;

  readonly #now: () => number;

  /** `now`: milliseconds, for how long the description is known. Tokens are checked by the machine's clock. */
  constructor(settings: OidcSettings, now: () => number = Date.now) {
    this.settings = settings;
    this.#now = now;
  }

  /** The address at the provider where a person signs in, and what its answer will be checked by. */
  async begin(redirectUri: string): Promise<{ url: URL; secrets: AttemptSecrets }> {
    const description = await this.#describe();
    const secrets = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    try {
      const url = oidc.buildAuthorizationUrl(description, {
        redirect_uri: redirectUri,
        scope: this.settings.scope,
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
      });
      return { url, secrets };
    } catch (error) {
      throw worded(error, 'begin');
    }
  }

  /** Who came back to `callback`, our address with the provider's answer in its query. `isLabelWanted`: he is being linked. */
  async finish(
    callback: URL,
    { state, nonce, verifier }: AttemptSecrets,
    isLabelWanted: boolean,
  ): Promise<ExternalPerson> {
    const description = await this.#describe();
    try {
      const tokens = await oidc.authorizationCodeGrant(description, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw refuseOidc('oidc.token');
      let known: Readonly<Record<string, unknown>> = claims;
      const { claim } = this.settings;
      const asks = !(claim in claims) || (isLabelWanted && labelOf(claims) === null);
      if (asks && description.serverMetadata().userinfo_endpoint !== undefined)
        known = {
          ...(await oidc.fetchUserInfo(description, tokens.access_token, claims.sub)),
          ...claims,
        };
      const subject = known[claim];
      if (typeof subject !== 'string' || subject === '' || subject.length > SUBJECT_CHARACTERS_MAX)
        throw refuseOidc('oidc.claim');
      return { issuer: claims.iss, claim, subject, label: labelOf(known) ?? subject };
    } catch (error) {
      throw worded(error, 'finish');
    }
  }

  /** The provider's description, asked once an hour, by all callers together. */
  async #describe(): Promise<oidc.Configuration> {
    const now = this.#now();
    if (this.#known === null || this.#known.until <= now) {
      const known = { description: this.#discover(), until: now + DESCRIPTION_MS };
      this.#known = known;
      known.description.catch(() => {
        known.until = this.#now() + RETRY_MS;
      });
    }
    return this.#known.description;
  }

  async #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId } = this.settings;
    try {
      const url = new URL(issuer);
      const description = await oidc.discovery(
        url,
        clientId,
        { [oidc.clockTolerance]: CLOCK_SECONDS },
        this.#authenticate(),
        {
          timeout: ANSWER_SECONDS,
          [oidc.customFetch]: fetchBounded,
          // Only an issuer on this machine may do without encryption (isIssuerSafe).
          ...(url.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {}),
        },
      );
      const { authorization_endpoint, token_endpoint, jwks_uri } = description.serverMetadata();
      if (!authorization_endpoint || !token_endpoint || !jwks_uri)
        throw refuseOidc('oidc.metadata');
      // Without it a token that came over TLS is believed unsigned; we want its signature all the same.
      oidc.enableNonRepudiationChecks(description);
      return description;
    } catch (error) {
      throw worded(error, 'discovery');
    }
  }

  /** In the body where the provider takes it there: of the two ways the one that encodes nothing twice. */
  #authenticate(): oidc.ClientAuth {
    const secret = this.settings.clientSecret.reveal();
    const [inBody, inHeader] = [oidc.ClientSecretPost(secret), oidc.ClientSecretBasic(secret)];
    return (server, ...rest) => {
      const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
      return (ways.includes('client_secret_post') ? inBody : inHeader)(server, ...rest);
    };
  }
}

const LABELS = ['preferred_username', 'name', 'email'];

function labelOf(claims: Readonly<Record<string, unknown>>): string | null {
  const label = LABELS.map((name) => claims[name]).find(
    (value) => typeof value === 'string' && value.trim() !== '',
  );
  return typeof label === 'string' ? label.trim().slice(0, LABEL_CHARACTERS_MAX) : null;
}
