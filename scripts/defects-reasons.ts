// Why a defect is not caught, or a requirement has none: said where there is more to say than that nobody has tried.

export const notCaught: Readonly<Record<string, string>> = {};

export const withoutDefect: Readonly<Record<string, string>> = {};
