/** The note of a new entry until its author writes one. */
export const UNFILLED_NOTE = 'TODO: say why this is not fixed, or name an issue.'

const DAY_MS = 86_400_000

/** A day in UTC, as `YYYY-MM-DD`, some days after a moment. */
export function dayOf(moment: Date, daysLater = 0): string {
  return new Date(moment.getTime() + daysLater * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length)
}
