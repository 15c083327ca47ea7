/** What to add to a problem with a word that is not known: nothing when no known one is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const suggestion = suggest(word, known)
  return suggestion === undefined ? '' : `; did you mean ${suggestion}?`
}

/** The known word that somebody may have meant or begun, or undefined. Case, `_` and `-` count for nothing. */
function suggest(word: string, known: readonly string[]): string | undefined {
  const candidates = known.map((name) => ({ name, distance: editDistance(normalize(word), normalize(name)) }))
  const [nearest] = candidates.sort((one, other) => one.distance - other.distance)
  const begun = known.filter((name) => word.length > 2 && normalize(name).startsWith(normalize(word)))
  if (begun.length === 1) return begun[0]
  if (nearest === undefined || nearest.distance >= word.length) return undefined
  return nearest.distance <= Math.max(1, word.length / 3) ? nearest.name : undefined
}

function normalize(word: string): string {
  return word.toLowerCase().replaceAll(/[_-]/g, '').slice(0, 100)
}

/** How many characters to add, remove, replace or, when they are neighbours, swap. */
function editDistance(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row.at(-1) ?? 0
}
