/** What protocol-06 §5.9 leaves open about abuse reports; each question with the model's answer. */

export interface AbuseVariants {
  readonly reporterDomain: "matchesRequest" | "unchecked";
  readonly anonymous: "accepted" | "refused";
  readonly reporterRole: "canReportAbuse" | "anybody";
  readonly unverified: "refuse" | "keep";
  readonly alleged: "isSender" | "recorded";
  readonly duplicates: "once" | "each";
  readonly hubKeySelection: "byAcceptedTime" | "all" | "newest";
}

export const defaultAbuseVariants: AbuseVariants = {
  reporterDomain: "matchesRequest",
  anonymous: "accepted",
  reporterRole: "canReportAbuse",
  unverified: "refuse",
  alleged: "isSender",
  duplicates: "once",
  hubKeySelection: "byAcceptedTime",
};

export interface AbuseQuestion {
  readonly id: keyof AbuseVariants;
  readonly question: string;
  /** What each answer means; its names are the values of the variant. */
  readonly answers: Readonly<Record<string, string>>;
  readonly default: string;
  /** Why the default is the default. */
  readonly reason: string;
}

export const abuseQuestions: readonly AbuseQuestion[] = [
  ask(
    "reporterDomain",
    "Nothing proves who reports. What of a report in the name of another provider's user?",
    {
      matchesRequest: "the reporting user has to be of the provider that the request comes from",
      unchecked: "any provider reports in anybody's name: a defect",
    },
    "a provider vouches for its own users in every other request, and for nobody else's",
  ),
  ask(
    "anonymous",
    "The reporting user is optional. Does the hub take reports without one?",
    { accepted: "yes, from a provider that has participants in the room", refused: "no" },
    "the text allows to leave it out, and the proof of a message does not rest on who shows it",
  ),
  ask(
    "reporterRole",
    "Does a named reporter need canReportAbuse (room-policy-04 §8.3)?",
    { canReportAbuse: "yes, in its present role", anybody: "no" },
    "the capability is there for nothing else; a user who has been removed cannot report any more",
  ),
  ask(
    "unverified",
    "What of a report with a message that the hub cannot verify?",
    {
      refuse: "the report is refused, so that the reporter knows",
      keep: "it is kept with what was found, and answered like any other",
    },
    "the answer says whether the report was accepted, and validation is all that can be done at once",
  ),
  ask(
    "alleged",
    "Has the alleged abuser to be the sender of the messages?",
    { isSender: "yes", recorded: "no: both are recorded" },
    "the report says whose messages they are, and a proof about somebody else proves nothing about the alleged",
  ),
  ask(
    "duplicates",
    "What of a second report of the same messages by the same reporter?",
    { once: "it is answered like the first and does not count", each: "every report counts" },
    "an answer that was lost leads to a second request, and whoever counts reports counts people",
  ),
  ask(
    "hubKeySelection",
    "A frank does not name the hub_key that it was made with. Which does the hub take, once it has had several?",
    {
      byAcceptedTime: "the one that was in use at the accepted timestamp, which the frank itself covers",
      all: "every one that it still has",
      newest: "the present one: older franks can no longer be reported, a defect",
    },
    "the report has the time, and a time that is not the right one cannot lead to a match",
  ),
];

function ask<Id extends keyof AbuseVariants>(
  id: Id,
  question: string,
  answers: Readonly<Record<AbuseVariants[Id], string>>,
  reason: string,
): AbuseQuestion {
  return { id, question, answers, default: defaultAbuseVariants[id], reason };
}
