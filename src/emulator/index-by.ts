/** A map of items by key. `what` says what they are when two have the same one. */
export function indexBy<Item>(what: string, items: readonly Item[], key: (item: Item) => string): Map<string, Item>
export function indexBy<Item, Value>(
  what: string,
  items: readonly Item[],
  key: (item: Item) => string,
  value: (item: Item) => Value,
): Map<string, Value>
export function indexBy<Item>(
  what: string,
  items: readonly Item[],
  key: (item: Item) => string,
  value: (item: Item) => unknown = (item) => item,
): Map<string, unknown> {
  const map = new Map<string, unknown>()
  for (const item of items) {
    if (map.has(key(item))) throw new TypeError(`Two entries are the ${what} ${key(item)}`)
    map.set(key(item), value(item))
  }
  return map
}
