/** What protocol-06 §5.10 leaves open about downloads; each question with the model's answer. */

export interface AssetVariants {
  readonly hostCheck: "exactHost" | "suffix";
  readonly redirects: "refuse" | "assetHosts" | "follow";
  readonly cache: "byUrl" | "none";
}

export const defaultAssetVariants: AssetVariants = {
  hostCheck: "exactHost",
  redirects: "refuse",
  cache: "byUrl",
};

export interface AssetQuestion {
  readonly id: keyof AssetVariants;
  readonly section: string;
  readonly question: string;
  /** What each answer means; its names are the values of the variant. */
  readonly answers: Readonly<Record<string, string>>;
  readonly default: string;
  /** Why the default is the default. */
  readonly reason: string;
}

export const assetQuestions: readonly AssetQuestion[] = [
  {
    id: "hostCheck",
    section: "protocol-06 §5.10.2",
    question: "When is the host of a URL associated with the asset domain of a peer?",
    answers: {
      exactHost: "where it is one of the hosts that the hub is configured with for its peers",
      suffix: "where it ends like one of them: a defect, as evilassets.b.example does",
    },
    default: defaultAssetVariants.hostCheck,
    reason: "the point of naming asset domains is not to reach other hosts of the same provider",
  },
  {
    id: "redirects",
    section: "protocol-06 §5.10.2",
    question: "An asset server answers with a redirect. What does the hub do?",
    answers: {
      refuse: "it answers 502",
      assetHosts: "it follows up to three, each judged like the first URL",
      follow: "it follows: a defect, the hub is an open proxy for whoever runs an asset server",
    },
    default: defaultAssetVariants.redirects,
    reason: "the check of the host would be worth nothing otherwise, and no draft needs redirects",
  },
  {
    id: "cache",
    section: "protocol-06 §5.10.2",
    question: "For how long, and under which name, are downloads cached?",
    answers: {
      byUrl: "by the whole URL, for ten minutes, where the answer was 200",
      none: "not at all: the asset server can count the downloads",
    },
    default: defaultAssetVariants.cache,
    reason: "the text recommends it for the privacy of rooms and says nothing more",
  },
];
