interface SightPictureProps {
  readonly accountId: number;
  readonly sha256: string;
  readonly words: string;
}

/** A picture of a sight, small; it opens in full in a window of its own. */
export function SightPicture({ accountId, sha256, words }: SightPictureProps) {
  const address = `/api/v1/accounts/${accountId}/pictures/${sha256}`;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" title="打开原图">
      <img className="sight-picture" src={address} alt={words} loading="lazy" />
    </a>
  );
}
