/** Who is in a scenario, as far as parts are given to them. */

/** The part of a scenario that variants are for. */
export interface Cast {
  readonly providers: readonly { readonly domain: string }[];
  readonly clients: readonly { readonly client: string; readonly stack?: string }[];
}
