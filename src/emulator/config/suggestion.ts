/** The known word that somebody may have meant or begun, or undefined. Case, `_` and `-` count for nothing. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const candidates = known.map((name) => ({ name, distance: editDistance(normalize(word), normalize(name)) }))
  const [nearest] = candidates.sort((one, other) => one.distance - other.distance)
  const begun = known.filter((name) => word.length > 2 && normalize(name).startsWith(normalize(word)))
  if (begun.length === 1) return begun[0]
  return nearest !== undefined && nearest.distance <= Math.max(1, word.length / 3) ? nearest.name : undefined
}

function normalize(word: string): string {
  return word.toLowerCase().replaceAll(/[_-]/g, '').slice(0, 100)
}

/** Levenshtein's: how many characters to add, remove or replace. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
