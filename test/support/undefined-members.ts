/** Every optional member of `T`, as undefined: the compiler asks for one that a table leaves out. */
export type UndefinedMembers<T> = {
  readonly [Name in keyof T as Partial<Pick<T, Name>> extends Pick<T, Name> ? Name : never]-?: undefined
}

/** A call, the members to give it, and what it does with any such members. */
export type Row = readonly [call: string, members: object, act: (members: object) => unknown]

/** A row whose members are all the optional ones of `T`. */
export function row<T>(
  call: string,
  members: UndefinedMembers<T>,
  act: (members: UndefinedMembers<T>) => unknown,
): Row {
  return [call, members, (given) => act(given as UndefinedMembers<T>)]
}
