/** A command without a shell, and what its environment has beside the one of this process. */
export interface Command {
  readonly words: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}
